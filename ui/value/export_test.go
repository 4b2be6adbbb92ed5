package value_test

import (
	"bytes"
	"image/color"
	"strings"
	"testing"

	"cairn/ui/chart"
	"cairn/ui/value"
)

func TestTheCurveSaysWhereItBreaksEven(t *testing.T) {
	p, _, _ := begun(t)
	c := p.State.Get().Curve
	if c.Of != "accuracy" || len(c.Options) != 4 || c.Legend[1] != "Costs" {
		t.Fatalf("curve of %q, %d to choose from, %q", c.Of, len(c.Options), c.Legend)
	}
	if c.Chart.EvenName != "Breaks even: 27.5 %" || c.Chart.TodayName != "Estimate: 80 %" || c.Chart.TodayY != 3200 || c.Chart.Y[len(c.Chart.Y)-1] != 4000 {
		t.Errorf("%q, %q at %v, ends at %v", c.Chart.EvenName, c.Chart.TodayName, c.Chart.TodayY, c.Chart.Y[len(c.Chart.Y)-1])
	}
	p.Simulate()
	if p.State.Get().Curve.Chart != c.Chart {
		t.Error("it is another curve though nothing has changed")
	}
	p.Along("discounted_price")
	if got := p.State.Get().Curve; got.Of != "discounted_price" || got.Chart.EvenName != "Breaks even: $2.75" {
		t.Errorf("curve of %q: %q", got.Of, got.Chart.EvenName)
	}
	p.Type(variable("churners", value.Likely), "1,200")
	if got := p.State.Get().Curve; got.Of != "discounted_price" || got.Chart.TodayY != 3840 {
		t.Errorf("while typing: curve of %q, today %v", got.Of, got.Chart.TodayY)
	}
}

func TestPicturesAreExportedAsTheScreenShowsThem(t *testing.T) {
	p, s, _ := begun(t)
	style := chart.Style{Ground: color.White, Grid: color.Gray{200}, Ink: color.Black, Quiet: color.Gray{90}, Series: color.NRGBA{0, 114, 178, 255}, Faint: color.Gray{200}, Against: color.NRGBA{213, 94, 0, 255}}
	for format, magic := range map[string]string{"png": "\x89PNG", "svg": "<?xml", "pdf": "%PDF-"} {
		for v, name := range map[value.View]string{value.ViewCurve: "Value by variable", value.ViewSure: "How sure it is", value.ViewMoves: "What moves it"} {
			path, err := p.Export(t.Context(), v, format, style)
			if file := "Churn – " + name + "." + format; err != nil || path != "Downloads/"+file || !bytes.HasPrefix(s.files[file], []byte(magic)) {
				t.Errorf("%s of %s: %q, %v", format, name, path, err)
			}
		}
	}
	if _, err := p.Export(t.Context(), value.ViewSure, "gif", style); err == nil {
		t.Error("a format that there is not is written")
	}
	for v, rows := range map[value.View]int{value.ViewCurve: 162, value.ViewSure: 41, value.ViewMoves: 4} {
		if got := strings.Count(p.ViewTable(v), "\n"); got != rows {
			t.Errorf("view %d has %d rows, want %d", v, got, rows)
		}
	}
}
