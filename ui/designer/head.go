package designer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/core/template"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// head is the card of a template as a whole.
type head struct {
	s       *Screen
	root    *fyne.Container
	name    *kit.Entry
	about   *kit.Entry
	phase   *kit.Choice
	frame   *kit.Field // of the name
	chip    *kit.Chip
	unsaved *kit.Para
	publish *kit.Button
	own     *fyne.Container // what there is to do with a template of the team
	cairns  *fyne.Container // with one of Cairn's
	edit    *fyne.Container
	read    *fyne.Container
	title   *kit.Text
	purpose *kit.Para
	hint    *kit.Para // what becomes of one of Cairn's
	clash   *kit.Plain
	held    []string // the names in conflict
	shown   string   // ID
}

func newHead(s *Screen) *head {
	h := &head{s: s, chip: kit.NewChip("", "", theme.Accent, theme.AccentTint), unsaved: kit.Prose("").Alarm(), title: kit.Heading("").Shrink(), purpose: kit.Prose("")}
	h.name = kit.NewEntry(words.T("Experiment brief"), func(text string) { s.typed(func() { s.p.SetName(text) }) })
	h.about = kit.NewTextArea(words.T("What it is for, and when to fill it in"), func(text string) { s.typed(func() { s.p.SetAbout(text) }) })
	h.about.SetMinRowsVisible(2)
	phases := []kit.Option{{Value: "", Words: PhaseName("")}}
	for _, p := range []string{"design", "development", "deployment", "monitoring"} {
		phases = append(phases, kit.Option{Value: p, Words: PhaseName(p)})
	}
	h.phase = kit.NewChoice(PhaseName(""), phases, func(phase string) { s.typed(func() { s.p.SetPhase(phase) }) })
	h.frame = kit.NewField(words.T("Name"), "", "", h.name.Object())
	h.clash = kit.NewPlain(kit.Pad(5, 10, 5, 10, kit.HStack(8, kit.NewIcon("triangle-alert", 14, theme.Warn), kit.Caption(words.T("Named differently in two places: choose")))), h.settle)
	h.clash.Hide()
	h.publish = kit.NewButton("check", words.T("Publish"), kit.Primary, s.askPublish)
	h.own = kit.HStack(8,
		h.chip, kit.Spacer(),
		kit.NewButton("trash-2", "", kit.Ghost, s.trash), kit.NewButton("file-down", words.T("Export"), kit.Ghost, s.export), h.publish)
	h.cairns = kit.HStack(8, kit.NewChip("lock", words.T("Comes with Cairn"), theme.Text2, theme.Sunken), kit.Spacer(),
		kit.NewButton("file-down", words.T("Export"), kit.Ghost, s.export),
		kit.NewButton("copy", words.T("Make it our own"), kit.Primary, func() { s.do(func() error { return s.p.Copy(s.ctx) }) }))
	h.edit = kit.VStack(12, h.own, h.unsaved, kit.Columns(12, []float32{1, -170}, kit.VStack(6, h.frame, h.clash), kit.NewField(words.T("Phase"), "", "", h.phase)),
		kit.NewField(words.T("Purpose"), "", "", h.about.Object()))
	h.hint = kit.Prose(words.T("“Make it our own” copies this template to the team, who can change it as they like.") + " " +
		words.T("A template that comes with Cairn changes with Cairn. Worksheets stay as they were begun until somebody moves them.")).Quiet()
	h.read = kit.VStack(8, h.cairns, h.title, h.purpose, h.hint)
	h.root = kit.Card(container.NewStack(h.edit, h.read))
	return h
}

func (h *head) draw(st State) {
	editable := st.Editable()
	h.edit.Hidden, h.read.Hidden = !editable, editable
	if !editable {
		t := Translated(clone(st.Draft))
		h.title.Set(t.Name)
		h.purpose.Set(t.About)
		h.cairns.Hidden = st.Stored.Team // somebody else's right, not Cairn's template
		h.hint.Hidden = st.Stored.Team
		return
	}
	other := h.shown != st.Stored.ID
	h.shown = st.Stored.ID
	hold(h.name, st.Draft.Name, other)
	hold(h.about, st.Draft.About, other)
	h.phase.Hold(st.Draft.Phase)
	h.frame.SetProblem(ProblemOf(st.Problems, -1, -1, "name"))
	h.unsaved.Set(st.Unsaved)
	h.unsaved.Hidden = st.Unsaved == ""
	h.publish.SetDisabled(!st.Publishable())
	icon, said, ink, ground := standing(st)
	if h.chip.Text() != said {
		h.chip.Set(icon, said, ink, ground)
	}
	h.held = nil
	for _, v := range st.Stored.Conflicts {
		h.held = append(h.held, v.Text)
	}
	h.clash.Hidden = len(h.held) < 2
}

// hold makes an entry hold text. What somebody is typing stays, unless another
// template is shown.
func hold(e *kit.Entry, text string, other bool) {
	if other {
		e.Put(text)
		return
	}
	e.Hold(text)
}

// standing says how a draft stands to what was published.
func standing(st State) (icon, said string, ink, ground theme.Role) {
	switch n := len(st.Stored.Versions); {
	case len(st.Problems) > 0:
		return "triangle-alert", words.N("%d thing before it can be published", "%d things before it can be published", len(st.Problems)), theme.Warn, theme.WarnTint
	case n == 0:
		return "circle-dashed", words.T("Not published yet"), theme.Accent, theme.AccentTint
	case len(st.Changes) == 1:
		return "circle-dot", words.T("Version %d, 1 change not published", n), theme.Accent, theme.AccentTint
	case len(st.Changes) > 1:
		return "circle-dot", words.T("Version %d, %d changes not published", n, len(st.Changes)), theme.Accent, theme.AccentTint
	default:
		return "circle-check", words.T("Version %d is published", n), theme.OK, theme.OKTint
	}
}

// settle lets one of the names in conflict be chosen.
func (h *head) settle() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(h.root)
	if canvas == nil || len(h.held) == 0 {
		return
	}
	versions := h.s.p.State.Get().Stored.Conflicts
	sides := make([]kit.Side, len(versions))
	for i, v := range versions {
		sides[i] = kit.Side{Text: v.Text, By: v.By + ", " + words.Ago(h.s.now(), v.At)}
	}
	kit.Compare(canvas, kit.Comparison{
		Title: words.T("“%s” was changed in two places", words.T("Name")), Purpose: words.T("Choose the one that holds, or write another. The others stay in the history."),
		Sides: sides, Other: words.T("Another"), Later: words.T("Decide later"), Use: words.T("Use this"),
	}, func(side int, other string) {
		if side > 0 {
			other = versions[side-1].Text
		}
		h.s.crew.Go(func() { h.s.p.Settle(h.s.ctx, other) })
	})
}

// kindOptions are the kinds of fields to choose from.
func kindOptions() []kit.Option {
	out := make([]kit.Option, len(template.Kinds))
	for i, k := range template.Kinds {
		out[i] = kit.Option{Value: string(k), Words: KindName(k)}
	}
	return out
}
