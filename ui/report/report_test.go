package report_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/report"
	"cairn/ui/theme"
)

// desk writes no files.
type desk struct {
	asked []string
	fail  error
}

func (d *desk) Report(_ context.Context, project, format, audience, language, folder string) (string, error) {
	d.asked = []string{project, format, audience, language, folder}
	return folder + "/churn." + format, d.fail
}

func TestTheReportIsWrittenAsChosen(t *testing.T) {
	d := &desk{}
	p := report.NewPresenter("p", d, "/home/ada")
	p.Choose("md")
	p.For("data scientist")
	p.Write(t.Context())
	if got := p.State.Get(); got.Path != "/home/ada/churn.md" || d.asked[2] != "data scientist" || d.asked[3] != "en" {
		t.Errorf("state %+v, asked %q", got, d.asked)
	}
}

func TestWhatKeepsItFromBeingWrittenIsSaid(t *testing.T) {
	d := &desk{fail: fault.New(fault.Full, "The disk is full.", "Make room.")}
	p := report.NewPresenter("p", d, "")
	p.Write(t.Context())
	if got := p.State.Get(); got.Problem == "" || d.asked != nil {
		t.Errorf("without a folder: %+v, asked %q", got, d.asked)
	}
	p.Into("/home/ada")
	p.Write(t.Context())
	if got := p.State.Get(); got.Problem != "The disk is full. Make room." || got.Path != "" || got.Busy {
		t.Errorf("on a full disk: %+v", got)
	}
}

func TestSheetByKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightOne, false))
	w := test.NewTempWindow(t, kit.Gap(1, 1))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 600))
	crew := kit.Crew{Postponed: true}
	var written string
	report.Ask(t.Context(), w.Canvas(), report.NewPresenter("p", &desk{}, "/home/ada/Documents"), &crew, func(path string) { written = path })
	kittest.LooksLike(t, "report.png", w.Canvas().Capture())
	kittest.Button(t, w.Canvas().Overlays().Top(), "Write the report").Tap()
	crew.Wait()
	if written != "/home/ada/Documents/churn.pdf" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("written %q, the sheet is open: %v", written, w.Canvas().Overlays().Top() != nil)
	}
}
