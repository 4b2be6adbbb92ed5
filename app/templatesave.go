package app

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"io"
	"strings"
	"unicode"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/template"
)

// SaveTemplateRequest asks for the team to have a design template.
type SaveTemplateRequest struct {
	Template string            `json:"template,omitempty"` // the one to change; a new one when not given
	Design   template.Template `json:"design"`             // sections and fields without a key get one
	// Base is the template that the changes were made to. What has been changed
	// since then, and is no different in Design, stays.
	Base *template.Template `json:"base,omitempty"`
}

// PublishTemplateRequest asks for the next version of a team's template.
type PublishTemplateRequest struct {
	Template string `json:"template"`
	Note     string `json:"note,omitempty"` // what is new in it
}

// ImportTemplateRequest asks for the team to have the template of a file. One of
// the same name is changed, where it differs, and published anew.
type ImportTemplateRequest struct {
	YAML  string `json:"yaml"`
	Name  string `json:"name,omitempty"`  // instead of the one in the file
	Draft bool   `json:"draft,omitempty"` // don't publish it yet
}

// TemplateFile is a template as a file.
type TemplateFile struct {
	Name string `json:"name"` // of the file: "experiment-brief.yaml"
	YAML string `json:"yaml"`
}

func (a *App) saveTemplate(ctx context.Context, req SaveTemplateRequest) (Template, error) {
	req.Design.Name = strings.TrimSpace(req.Design.Name)
	if err := checkName("template", req.Design.Name, "Say in a few words what it is for."); err != nil {
		return Template{}, err
	}
	design := req.Design.WithKeys(a.keySuffix())
	if err := template.CheckDraft(design); err != nil {
		return Template{}, err
	}
	if req.Template == "" {
		return a.newTemplate(ctx, design)
	}
	d, err := a.teamsOwn(ctx, req.Template)
	if err != nil {
		return Template{}, err
	}
	return a.rewriteTemplate(ctx, d.ID(), design, req.Base)
}

// keySuffix returns what sets the keys of one save apart from those that a
// teammate's save makes at the same time.
func (a *App) keySuffix() func() string {
	const digits = 4
	var raw [8]byte
	return func() string {
		if _, err := io.ReadFull(a.opts.Rand, raw[:]); err != nil {
			return ""
		}
		sum := sha256.Sum256(raw[:])
		return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:digits]
	}
}

func (a *App) newTemplate(ctx context.Context, design template.Template) (Template, error) {
	var made id.Doc
	err := a.journal.Write(ctx, func(tx *journal.Tx) error {
		d, err := tx.New()
		if err != nil {
			return err
		}
		made = d.ID()
		if err := fillNew(tx, noun.Templates.Kind, d, nil); err != nil {
			return err
		}
		return template.Assign(tx.Pen(d, noun.Templates.Number), template.Template{}, design)
	})
	if err != nil {
		return Template{}, err
	}
	return a.template(made)
}

// rewriteTemplate makes a stored template hold design where it differs from base,
// from itself when there is none.
func (a *App) rewriteTemplate(ctx context.Context, name id.Doc, design template.Template, base *template.Template) (Template, error) {
	_, err := a.edit(ctx, name.String(), func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		from := template.View(d)
		if base != nil {
			from = *base
		}
		return template.Assign(tx.Pen(d, kind.Number), from, design)
	})
	if err != nil {
		return Template{}, err
	}
	return a.template(name)
}

func (a *App) template(name id.Doc) (Template, error) {
	d, err := a.journal.Doc(name)
	if err != nil {
		return Template{}, err
	}
	return a.teamTemplate(d), nil
}

func (a *App) publishTemplate(ctx context.Context, req PublishTemplateRequest) (Template, error) {
	found, err := a.teamsOwn(ctx, req.Template)
	if err != nil {
		return Template{}, err
	}
	note := strings.TrimSpace(req.Note)
	if n := len([]rune(note)); n > template.MaxText {
		return Template{}, fault.New(fault.Invalid, "The note has %d characters; %d is the most.", "Say it shorter.").With(n, template.MaxText)
	}
	by := a.self().ID
	_, err = a.edit(ctx, found.ID().String(), func(tx *journal.Tx, d *doc.Doc, _ *noun.Kind) error {
		draft, records := template.View(d), noun.Templates.View(d).Versions
		if have := template.Versions(records); len(have) > 0 && len(template.Diff(have[len(have)-1].Template, draft)) == 0 {
			return fault.New(fault.Conflict, "Nothing has changed since version %d.", "Change the template first.").With(len(have))
		}
		version, err := template.Publish(records, draft, note, by, tx.Now())
		if err != nil {
			return err
		}
		return addVersion(tx, d, version)
	})
	if err != nil {
		return Template{}, err
	}
	return a.template(found.ID())
}

func addVersion(tx *journal.Tx, d *doc.Doc, version doc.Value) error {
	f, err := noun.Templates.FieldOf("versions")
	if err != nil {
		return err
	}
	return tx.Apply(d, noun.Templates.Number, d.Add(f.Number, version))
}

func (a *App) importTemplate(ctx context.Context, req ImportTemplateRequest) (Template, error) {
	design, err := template.ReadYAML([]byte(req.YAML))
	if err != nil {
		return Template{}, err
	}
	if req.Name != "" {
		design.Name = req.Name
	}
	design.Name = strings.TrimSpace(design.Name)
	design = design.WithKeys(func() string { return "" })
	if err := template.Check(design); err != nil {
		return Template{}, err
	}
	docs, err := a.teamTemplates(ctx)
	if err != nil {
		return Template{}, err
	}
	var stored Template
	for _, d := range docs {
		if strings.EqualFold(noun.Templates.Title(d), design.Name) && a.builtinOf(d.ID()) == "" {
			stored, err = a.rewriteTemplate(ctx, d.ID(), design, nil)
			break
		}
	}
	if err == nil && stored.ID == "" {
		stored, err = a.newTemplate(ctx, design)
	}
	if err != nil || req.Draft || stored.Version > 0 && len(stored.Changes) == 0 {
		return stored, err
	}
	return a.publishTemplate(ctx, PublishTemplateRequest{Template: stored.ID})
}

func (a *App) exportTemplate(ctx context.Context, req TemplateRequest) (TemplateFile, error) {
	t, err := a.showTemplate(ctx, req)
	if err != nil {
		return TemplateFile{}, err
	}
	return t.File()
}

// fileName returns a name that every system takes for a file.
func (t Template) fileName() string {
	if t.From == OfCairn {
		return t.ID
	}
	const most = 60
	parts := strings.FieldsFunc(strings.ToLower(t.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(parts, "-"))
	if len(name) == 0 {
		return "template"
	}
	return string(name[:min(len(name), most)])
}
