package window

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"cairn/app"
	"cairn/core/fault"
	"cairn/core/template"
	"cairn/ui/designer"
	"cairn/ui/edit"
)

// templates is the design templates of the workspace.
type templates struct {
	*session
	choose func(context.Context) (path string, err error) // asks for a file, empty for none
}

// Templates implements designer.Source.
func (s templates) Templates(ctx context.Context) ([]designer.Summary, error) {
	rows, err := do(ctx, s.session, app.ListTemplates, app.ListTemplatesRequest{Sort: app.DesignTemplates})
	if err != nil {
		return nil, err
	}
	out := make([]designer.Summary, len(rows))
	for i, r := range rows {
		team := r.From == app.OfTeam
		out[i] = designer.Summary{ID: r.ID, Name: r.Name, Team: team, Version: r.Version, Changed: team && r.Version > 0 && r.Changed}
	}
	return out, nil
}

// Template implements designer.Source.
func (s templates) Template(ctx context.Context, id string) (designer.Template, error) {
	found, err := do(ctx, s.session, app.ShowTemplate, app.TemplateRequest{Template: id})
	return s.shown(ctx, found, err)
}

// Save implements designer.Source.
func (s templates) Save(ctx context.Context, id string, design, base template.Template) (designer.Template, error) {
	req := app.SaveTemplateRequest{Template: id, Design: design}
	if id != "" {
		req.Base = &base
	}
	saved, err := do(ctx, s.session, app.SaveTemplate, req)
	return s.shown(ctx, saved, err)
}

// Publish implements designer.Source.
func (s templates) Publish(ctx context.Context, id, note string) (designer.Template, error) {
	published, err := do(ctx, s.session, app.PublishTemplate, app.PublishTemplateRequest{Template: id, Note: note})
	return s.shown(ctx, published, err)
}

// shown returns a template as the page has it, or the error that came instead.
func (s templates) shown(ctx context.Context, t app.Template, err error) (designer.Template, error) {
	if err != nil {
		return designer.Template{}, err
	}
	out := designer.Template{ID: t.ID, Team: t.From == app.OfTeam, Design: t.Design()}
	if t.Latest != nil {
		out.Latest = *t.Latest
	}
	for _, v := range t.Versions {
		version := designer.Version{Number: v.Number, Note: v.Note, By: v.By, Changes: v.Changes}
		if v.At != nil {
			version.At = *v.At
		}
		out.Versions = append(out.Versions, version)
	}
	for _, v := range t.Conflicts["name"] {
		out.Conflicts = append(out.Conflicts, edit.Version{Text: text(v.Value), By: v.Person, At: v.Time})
	}
	if out.Team {
		writable, err := s.writable(ctx, t.ID)
		if err != nil {
			return out, err
		}
		out.ReadOnly = !writable
	}
	return out, nil
}

// Export implements designer.Source: files go where those of the value page go.
func (s templates) Export(ctx context.Context, id string) (string, error) {
	file, err := do(ctx, s.session, app.ExportTemplate, app.TemplateRequest{Template: id})
	if err != nil {
		return "", err
	}
	return s.WriteExport(ctx, file.Name, []byte(file.YAML))
}

// maxImport is more than a template with every field that it can have.
const maxImport = 4 << 20

// Import implements designer.Source. What comes in is a draft, so that somebody
// looks at it before projects fill it in.
func (s templates) Import(ctx context.Context) (string, error) {
	path, err := s.choose(ctx)
	if err != nil || path == "" {
		return "", err
	}
	raw, err := readBounded(path)
	switch {
	case err != nil:
		return "", fault.Wrap(err, fault.Unavailable, "The file can't be read.", "Choose one that you may open.")
	case len(raw) > maxImport:
		return "", fault.New(fault.Invalid, "The file is too large for a template.", "Choose a template that was exported as a file.")
	}
	made, err := do(ctx, s.session, app.ImportTemplate, app.ImportTemplateRequest{YAML: string(raw), Draft: true})
	return made.ID, err
}

// readBounded returns what is in a file, of a large one a byte more than a template
// may have.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the person chose it
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxImport+1))
	return raw, errors.Join(err, f.Close())
}

// chooseTemplate asks for the file of a template and returns its path, empty when
// the person chooses none. Call it beside the UI goroutine.
func (w *Window) chooseTemplate(ctx context.Context) (string, error) {
	type answer struct {
		path string
		err  error
	}
	chosen := make(chan answer, 1) // whoever asked may be gone
	w.crew.Then(func() {}, func() {
		d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
			if f == nil || err != nil {
				chosen <- answer{err: err}
				return
			}
			chosen <- answer{filepath.FromSlash(f.URI().Path()), f.Close()}
		}, w.win)
		d.SetFilter(storage.NewExtensionFileFilter([]string{".yaml", ".yml"}))
		if at, err := storage.ListerForURI(storage.NewFileURI(documentsFolder())); err == nil {
			d.SetLocation(at)
		}
		d.Resize(w.win.Canvas().Size())
		d.Show()
	})
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case a := <-chosen:
		return a.path, a.err
	}
}

// suffix returns a few letters and digits that set a new key apart from those
// that teammates make at the same time.
func suffix() string {
	const digits = 4
	return strings.ToLower(rand.Text())[:digits]
}
