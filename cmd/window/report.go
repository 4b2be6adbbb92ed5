package window

import (
	"context"
	"net/url"
	"os"
	"path/filepath"

	"cairn/app"
	"cairn/app/durable"
	appreport "cairn/app/report"
	"cairn/core/fault"
	"cairn/ui/report"
	"cairn/ui/words"
)

// Report implements report.Source.
func (s *session) Report(ctx context.Context, project, format, audience, language, folder string) (string, error) {
	made, err := do(ctx, s, app.MakeReport, app.ReportRequest{
		Project: project, Format: appreport.Format(format), For: audience, Language: appreport.Language(language),
	})
	if err != nil {
		return "", err
	}
	content, err := made.Decode()
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, filepath.Base(made.Name))
	if err := durable.Replace(path, content); err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "The report can't be written there.", "Name a folder that exists and that you may write to.")
	}
	return path, nil
}

// askReport offers a report on the project that is open.
func (w *Window) askReport() {
	project := w.shell.State.Get().Project.ID
	if project == "" {
		return
	}
	report.Ask(w.ctx, w.win.Canvas(), report.NewPresenter(project, w.session, documentsFolder()), &w.crew, func(path string) {
		w.toasts.Say("file-down", words.T("Written: %s", filepath.Base(path)), words.T("Open"), func() {
			if err := w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
				w.toasts.Say("circle-alert", words.T("No program opens it. It is here: %s", path), "", nil)
			}
		})
	})
}

// documentsFolder returns where a person keeps documents.
func documentsFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		return documents
	}
	return home
}
