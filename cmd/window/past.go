package window

import (
	"context"

	"cairn/app"
	"cairn/core/sentence"
	"cairn/ui/panel"
)

// history is what happened to the documents of the workspace.
type history struct{ *session }

// Past implements panel.History.
func (s history) Past(ctx context.Context, at panel.Place, after string) (panel.PastPage, bool, error) {
	found, err := do(ctx, s.session, app.ShowPast, app.PastRequest{ID: at.Document, Field: at.Field, After: after})
	if err != nil {
		return panel.PastPage{}, false, err
	}
	out := panel.PastPage{Next: found.Next}
	for _, e := range found.Entries {
		shown := panel.Past{Person: panel.Person(e.Person), Time: e.Time, Sentence: e.Words}
		for _, f := range e.Fields {
			shown.Fields = append(shown.Fields, pastField(f))
		}
		out.Entries = append(out.Entries, shown)
	}
	writable, err := s.writable(ctx, at.Document)
	return out, writable, err
}

func pastField(f app.PastField) panel.PastField {
	out := panel.PastField{
		Field: f.Field, Label: f.Label, Prose: f.Merge == "text", From: shortPart(f.From), To: shortPart(f.To),
		Before: f.BeforeText, After: f.AfterText, Long: f.Long,
	}
	for _, p := range f.Parts {
		out.Parts = append(out.Parts, panel.PastPart{Name: p.Part, Deed: p.Action, From: shortPart(p.From), To: shortPart(p.To)})
	}
	return out
}

// shortPart returns a short value, an empty one for none.
func shortPart(p *sentence.Arg) sentence.Arg {
	if p == nil {
		return sentence.Arg{}
	}
	return *p
}

// writable reports whether the person of this device may change a document.
func (s *session) writable(ctx context.Context, id string) (bool, error) {
	shown, err := do(ctx, s, app.ShowDoc, app.DocRequest{ID: id})
	if err != nil || shown.Newer {
		return false, err
	}
	return s.mayWrite(ctx)
}

// Restore implements panel.History.
func (s history) Restore(ctx context.Context, document, field, text string) error {
	_, err := do(ctx, s.session, app.SetField, app.SetFieldRequest{ID: document, Field: field, Value: text})
	return err
}
