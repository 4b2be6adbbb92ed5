// Package form draws the fields of one document that package edit holds: a label,
// what is typed or chosen, what is wrong with it, and a conflict where there is
// one. A page places them and hands the document to Draw after every change.
package form

import (
	"context"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"cairn/ui/edit"
	"cairn/ui/kit"
)

// savePause is how long nobody types before what was typed is stored.
const savePause = 600 * time.Millisecond

// Editor is what a form needs of an edit.Editor, or of what a page makes of one.
type Editor interface {
	Type(id, field, typed string)
	Edit(id, field, before, after string)
	Save(ctx context.Context)
	Restore(ctx context.Context, id string)
	Trash(ctx context.Context, id string) (title string, ok bool)
	Resolve(ctx context.Context, id, field string, choice int, other string)
}

// Form is the fields of a document. It is used on the UI goroutine alone.
type Form struct {
	ctx    context.Context //nolint:containedctx // it ends when the window does
	editor Editor
	crew   *kit.Crew
	now    func() time.Time
	save   *kit.Pause
	fields map[string]*field
	gone   *fyne.Container // what to do about a document that went to the trash
	shown  edit.Doc

	// OnResize is called when a field takes more or less room while a person types
	// in it, for the page to lay itself out anew. It may be nil.
	OnResize func()
	// OnReach is called when a field gets the keyboard or the cursor moves in it,
	// behind so many runes, below 0 where there is none; and without a name when a
	// text loses it. It may be nil.
	OnReach func(field string, caret int)
}

// New returns an empty form. Add its fields with Line, Prose, List and Choice.
func New(ctx context.Context, editor Editor, crew *kit.Crew, now func() time.Time) *Form {
	f := &Form{ctx: ctx, editor: editor, crew: crew, now: now, fields: map[string]*field{}}
	f.save = kit.NewPause(savePause, func() { editor.Save(ctx) })
	f.gone = f.newGone()
	return f
}

// Close stores what is typed.
func (f *Form) Close() { f.save.Flush() }

// Flush stores what is typed at once, as before another document is shown.
func (f *Form) Flush() { f.save.Flush() }

// Gone is a banner that shows itself when somebody moves the document to the
// trash while a person types. Put it above the fields.
func (f *Form) Gone() fyne.CanvasObject { return f.gone }

// Draw shows a document. Only what differs from what is shown is drawn. It reports
// whether something takes more or less room than before, for the page to lay
// itself out anew.
func (f *Form) Draw(d edit.Doc) (resized bool) {
	other := d.ID != f.shown.ID && f.shown.ID != edit.New
	if f.gone.Hidden == d.Gone {
		f.gone.Hidden = !d.Gone
		f.gone.Refresh()
		resized = true
	}
	f.shown = d
	for name, x := range f.fields {
		if x.draw(d.Fields[name], d.Problems[name], d.Conflicts[name], other, d.ReadOnly) {
			resized = true
		}
	}
	return resized
}

// Focus puts the cursor into a field.
func (f *Form) Focus(name string) {
	x := f.fields[name]
	if x == nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(x.focus.(fyne.CanvasObject)); c != nil {
		c.Focus(x.focus)
	}
}

// Field returns a field as it is placed, to change its help or label.
func (f *Form) Field(name string) *kit.Field { return f.fields[name].frame }

// Names returns the fields in the order of their names.
func (f *Form) Names() []string { return slices.Sorted(maps.Keys(f.fields)) }

// typed takes what stands in a field.
func (f *Form) typed(name, text string) {
	f.editor.Type(f.shown.ID, name, text)
	f.save.Trigger()
}

func (f *Form) edited(name, before, after string) {
	f.editor.Edit(f.shown.ID, name, before, after)
	f.save.Trigger()
}
