package report_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/app/report"
)

// rewrite puts text into every string below v, and keeps numbers.
func rewrite(v reflect.Value, text func() string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			copied := reflect.New(v.Type().Elem())
			copied.Elem().Set(v.Elem())
			rewrite(copied.Elem(), text)
			v.Set(copied)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Format" { // of a sentence: what Cairn says
				rewrite(v.Field(i), text)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			rewrite(v.Index(i), text)
		}
	case reflect.String:
		v.SetString(text())
	default:
	}
}

// TestWhateverPeopleWriteIsReported writes hostile text wherever a project has
// text, and finds the report whole and without a script.
func TestWhateverPeopleWriteIsReported(t *testing.T) {
	words := rapid.StringOf(rapid.SampledFrom([]rune("ab <>&|*_`[]()#\\\"'$%\n\t\u202e\u0000한글שلا😀/-+.=!{}")))
	rapid.Check(t, func(r *rapid.T) {
		p := demo(t)
		rewrite(reflect.ValueOf(&p).Elem(), func() string {
			return rapid.OneOf(words, rapid.SampledFrom([]string{"<script>alert(1)</script>", "USD/month", "%", "", "expert", "%d%s", "a * (b"})).Draw(r, "text")
		})
		o := report.Options{
			Format: rapid.SampledFrom(report.Formats).Draw(r, "format"), Language: rapid.SampledFrom([]report.Language{report.English, report.Korean}).Draw(r, "language"),
			Audience: rapid.SampledFrom(append(slices.Clip(report.Audiences), report.Everybody)).Draw(r, "audience"),
		}
		f, err := report.Make(p, o)
		if err != nil {
			r.Fatal(err)
		}
		for _, never := range map[report.Format][]string{report.HTML: {"<script", "%!s(", "\x00", "\u202e"}, report.Markdown: {"%!s(", "\x00", "\u202e"}}[o.Format] {
			if bytes.Contains(f.Bytes, []byte(never)) {
				r.Errorf("the report has %q", never)
			}
		}
	})
}
