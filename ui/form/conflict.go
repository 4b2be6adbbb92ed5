package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// clash says below a field that people wrote it differently, and lets one choose.
type clash struct {
	root    *fyne.Container
	said    *kit.Text
	held    []edit.Version
	options func() []kit.Option // of a Choice
}

func (f *Form) newClash(name string) *clash {
	c := &clash{said: kit.NewText("", theme.SizeSmall, theme.Text).Shrink(), options: func() []kit.Option { return nil }}
	inside := kit.Pad(5, 10, 5, 10, kit.HStack(8, kit.NewIcon("triangle-alert", 14, theme.Warn), c.said))
	press := kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, theme.WarnTint, theme.Warn), inside), func() { f.compare(name, c) })
	c.root = container.NewStack(press)
	c.root.Hidden = true
	return c
}

func (c *clash) draw(versions []edit.Version) (resized bool) {
	if len(c.held) == len(versions) && len(versions) == 0 {
		return false
	}
	resized = c.root.Hidden == (len(versions) > 0)
	c.held = versions
	c.root.Hidden = len(versions) == 0
	c.said.Set(words.T("%d versions", len(versions)))
	c.root.Refresh()
	return resized
}

// compare opens the sheet in which one version is chosen, or another written.
func (f *Form) compare(name string, c *clash) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(c.root)
	if canvas == nil {
		return
	}
	sides := make([]kit.Side, len(c.held))
	for i, v := range c.held {
		sides[i] = kit.Side{Text: c.read(v.Text), By: v.By + ", " + words.Ago(f.now(), v.At)}
	}
	id := f.shown.ID
	kit.Compare(canvas, kit.Comparison{
		Title: words.T("“%s” was changed in two places", f.fields[name].frame.Label()), Purpose: words.T("Choose the one that holds, or write another. The others stay in the history."),
		Sides: sides, Other: words.T("Another"), Later: words.T("Decide later"), Use: words.T("Use this"), Options: c.options(),
	}, func(side int, other string) {
		f.crew.Go(func() { f.editor.Resolve(f.ctx, id, name, side, other) })
	})
}

// read returns a version as the field shows it.
func (c *clash) read(text string) string {
	for _, o := range c.options() {
		if o.Value == text {
			return o.Words
		}
	}
	if text == "" {
		return "–"
	}
	return edit.Lines(text)
}

// newGone is what to do about a document that went to the trash.
func (f *Form) newGone() *fyne.Container {
	said := kit.Prose(words.T("Somebody moved this to the trash while you typed. What you typed is kept here."))
	restore := kit.NewButton("rotate-ccw", words.T("Take it out of the trash"), kit.Secondary, func() {
		id := f.shown.ID
		f.crew.Go(func() { f.editor.Restore(f.ctx, id) })
	})
	forget := kit.NewButton("trash-2", words.T("Throw away what I typed"), kit.Ghost, func() {
		id := f.shown.ID
		f.crew.Go(func() { f.editor.Trash(f.ctx, id) })
	})
	gone := kit.Tint("trash-2", theme.Warn, theme.WarnTint, said, restore, forget).(*fyne.Container)
	gone.Hidden = true
	return gone
}
