package worksheet_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/core/template"
	"cairn/core/text"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/saving"
	"cairn/ui/theme"
	"cairn/ui/undo"
	"cairn/ui/worksheet"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Names of documents, as answers have them.
const (
	ada     = "01kjmma2ha0000000000000001"
	ben     = "01kjmma2ha0000000000000002"
	billing = "01kjmma2ha0000000000000003"
)

// desk is a source in memory.
type desk struct {
	sheets  []worksheet.Sheet
	trashed map[string]bool
	newer   []worksheet.Section // of the next version, when there is one
	broken  error
}

func (d *desk) Worksheets(context.Context, string) ([]worksheet.Summary, error) {
	var out []worksheet.Summary
	for _, s := range d.sheets {
		if !d.trashed[s.ID] {
			out = append(out, worksheet.Summary{ID: s.ID, Name: s.Name, Template: s.Template, Fields: len(s.Fields())})
		}
	}
	return out, d.broken
}

func (d *desk) Worksheet(_ context.Context, id string) (worksheet.Sheet, error) {
	s := d.sheet(id)
	out := *s
	out.Sections = nil
	for _, section := range s.Sections {
		section.Fields = slices.Clone(section.Fields)
		out.Sections = append(out.Sections, section)
	}
	return out, d.broken
}

func (d *desk) sheet(id string) *worksheet.Sheet {
	for i := range d.sheets {
		if d.sheets[i].ID == id {
			return &d.sheets[i]
		}
	}
	return &worksheet.Sheet{}
}

func (d *desk) Designs(context.Context) ([]worksheet.Design, error) {
	return []worksheet.Design{
		{ID: "ours", Name: "Our brief", About: "Before an experiment.", Fields: 4, Team: true},
		{ID: "retrospective", Name: "Retrospective", About: "An hour for the whole team after a phase, a launch or an incident.", Fields: 17},
	}, d.broken
}

func (d *desk) Linkable(_ context.Context, _, of string) ([]edit.Person, error) {
	if of == "person" {
		return []edit.Person{{ID: ada, Name: "Ada Park"}, {ID: ben, Name: "Ben Okafor"}}, nil
	}
	return []edit.Person{{ID: billing, Name: "Billing system"}}, nil
}

func (d *desk) Begin(_ context.Context, _, design, name string) (string, error) {
	if d.broken != nil {
		return "", d.broken
	}
	if name == "" {
		name = design
	}
	d.sheets = append(d.sheets, worksheet.Sheet{ID: "new", Name: name, Template: design, Version: 1, Newest: 1, Sections: d.sheets[0].Sections})
	return "new", nil
}

func (d *desk) Answer(_ context.Context, id, field, words string, base *string) error {
	if d.broken != nil {
		return d.broken
	}
	for i, section := range d.sheet(id).Sections {
		for j, f := range section.Fields {
			if f.Key != field {
				continue
			}
			if base != nil {
				words = text.Rebase(*base, words, f.Stored)
			}
			at := &d.sheet(id).Sections[i].Fields[j]
			at.Stored, at.Shown, at.By, at.At, at.Conflicts = words, words, "Ada Park", now, nil
		}
	}
	return nil
}

func (d *desk) Move(_ context.Context, id string, version int) error {
	s := d.sheet(id)
	if version == 0 {
		version = s.Newest
	}
	if version == 2 {
		s.Sections = d.newer
	}
	s.Version, s.Changes = version, nil
	return d.broken
}

func (d *desk) Trash(_ context.Context, id string, trashed bool) error {
	d.trashed[id] = trashed
	return d.broken
}

func answer(f template.Field, stored string) worksheet.Answer {
	return worksheet.Answer{Field: f, Stored: stored, Shown: f.Say(stored), By: "Minji Kim", At: now}
}

// written returns a desk with a worksheet that is half filled in.
func written() *desk {
	return &desk{trashed: map[string]bool{}, sheets: []worksheet.Sheet{
		{
			ID: "w1", Name: "Support calls", Template: "Experiment brief", Version: 1, Newest: 1,
			Sections: []worksheet.Section{
				{Title: "Hypothesis", Help: "An experiment without an expectation can't fail, and so teaches nothing.", Fields: []worksheet.Answer{
					answer(template.Field{Key: "expect", Label: "We expect that…", Kind: template.Prose, Required: true}, "A model that knows the last three support calls finds more churners than one that does not."),
					answer(template.Field{Key: "because", Label: "Because…", Kind: template.Prose, Example: "Four in ten customers who left had called twice in their last month.", Help: "What makes you think so: data, experience, an earlier run."}, ""),
				}},
				{Title: "Measure", Fields: []worksheet.Answer{
					answer(template.Field{Key: "gain", Label: "Smallest gain that counts", Kind: template.Percent, Required: true, Help: "Below it, nothing is changed."}, "5%"),
					answer(template.Field{Key: "budget", Label: "Budget for computing", Kind: template.Money, Unit: "USD"}, "12000"),
					answer(template.Field{Key: "source", Label: "Data source", Kind: template.Link, Of: "data_source", Required: true}, billing),
					answer(template.Field{Key: "stop", Label: "Stop on", Kind: template.Date}, "next week"),
					answer(template.Field{Key: "who", Label: "Who runs it", Kind: template.Person}, ""),
					answer(template.Field{Key: "leaks", Label: "The hold-out set was looked at", Kind: template.YesNo}, "no"),
					answer(template.Field{Key: "models", Label: "Kinds of model", Kind: template.Choices, Choices: []string{"logistic regression", "boosted trees", "neural network"}}, "logistic regression\nboosted trees"),
				}},
			},
		},
		{ID: "w2", Name: "Retrospective", Template: "Retrospective", Version: 1, Newest: 1, Cairn: true, Sections: []worksheet.Section{
			{Title: "Occasion", Fields: []worksheet.Answer{answer(template.Field{Key: "subject", Label: "What we look back on", Kind: template.Line}, "")}},
		}},
	}}
}

func opened(t *testing.T, d *desk) (*worksheet.Presenter, *undo.Past, *saving.Line) {
	t.Helper()
	past, line := &undo.Past{}, &saving.Line{}
	p := worksheet.NewPresenter("p", d, line, past)
	p.Load(t.Context())
	return p, past, line
}

func shown(t *testing.T, d *desk, th fyne.Theme, size fyne.Size) (*worksheet.Presenter, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(th)
	p, _, _ := opened(t, d)
	crew := kit.Crew{Postponed: true}
	s := worksheet.NewScreen(t.Context(), p, &crew, kittest.Toasts(t), kit.Head{}, func() time.Time { return now.Add(2 * time.Hour) })
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(size)
	t.Cleanup(func() { s.Close(); crew.Wait() })
	return p, w
}

func light() fyne.Theme { return theme.New(theme.LightOne, false) }
