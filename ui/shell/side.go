package shell

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// side is the side bar: project, search, places, and how things stand.
type side struct {
	root      fyne.CanvasObject
	logo      *kit.Text
	project   *kit.Text
	workspace *kit.Text
	places    map[Page]*kit.NavItem
	design    *kit.NavItem
	ofProject *fyne.Container // what there is of a project
	team      *fyne.Container // the pages of the team
	teamLone  bool            // … of which there is only the project's
	activity  fyne.CanvasObject
	icon      *kit.Icon
	saved     *kit.Text
	more      *kit.Text
	tip       *kit.Tip
	name      *kit.Text
	role      *kit.Text
	avatar    *fyne.Container
	person    string
}

func newSide(s *Screen) *side {
	d := &side{
		logo: kit.NewText("", 14, theme.OnPrimary).Strong(), project: kit.NewText("", theme.SizeBody, theme.Text).Strong().Shrink(),
		workspace: kit.Caption("").Shrink(), icon: kit.NewIcon("circle-check", 16, theme.OK),
		saved: kit.NewText("", theme.SizeSmall, theme.Text2).Shrink(), more: kit.Caption("").Shrink(),
		name: kit.NewText("", theme.SizeLabel, theme.Text).Strong().Shrink(), role: kit.Caption("").Shrink(), avatar: container.NewStack(),
	}
	mark := kit.Fixed(28, 28, container.NewStack(kit.NewBox(7, theme.Primary, nil), container.NewCenter(d.logo)))
	switcher := kit.NewPlain(kit.Pad(2, 2, 2, 2, container.NewBorder(nil, nil, kit.Pad(0, 10, 0, 0, kit.Middle(mark)), kit.Middle(kit.NewIcon("chevron-down", 14, theme.Text3)), kit.VStack(1, d.project, d.workspace))), nil)
	switcher.OnTap(func() { kit.Menu(switcher, theme.NavWidth-24, s.projectItems()) })
	keys := "Ctrl K"
	if s.window.Mac {
		keys = "⌘ K"
	}
	search := newSearch(words.T("Search or jump to…"), keys, s.Palette)

	places := d.newPlaces(s)
	d.tip = kit.NewTip(d.newStatus(s), "")
	me := kit.NewPlain(kit.Pad(3, 2, 3, 2, container.NewBorder(nil, nil, kit.Pad(0, 10, 0, 0, d.avatar), kit.Middle(kit.NewIcon("ellipsis", 16, theme.Text3)), kit.VStack(0, d.name, d.role))), nil)
	me.OnTap(func() { kit.Menu(me, theme.NavWidth-24, s.settingItems()) })
	foot := kit.VStack(10, kit.Line(), d.tip, me)
	all := container.NewBorder(kit.VStack(12, switcher, search), foot, nil, nil, kit.Pad(14, 0, 0, 0, places))
	d.root = container.NewStack(kit.NewBox(0, theme.Nav, nil), kit.Pad(14, 12, 14, 12, all))
	return d
}

// newStatus says whether what was typed is saved, and whether the others have it. It
// leads to where the team is, if there is such a page.
func (d *side) newStatus(s *Screen) fyne.CanvasObject {
	said := kit.Pad(0, 2, 0, 2, container.NewBorder(nil, nil, kit.Pad(0, 8, 0, 0, kit.Middle(d.icon)), nil, kit.VStack(0, d.saved, d.more)))
	if !s.p.State.Get().HasTeam {
		return said
	}
	return kit.NewPlain(said, func() { s.p.Page(TeamSync) })
}

// newPlaces lists where one can go.
func (d *side) newPlaces(s *Screen) fyne.CanvasObject {
	d.places = map[Page]*kit.NavItem{}
	place := func(page Page) fyne.CanvasObject {
		d.places[page] = kit.NewNavItem(page.icon(), page.Name(), func() { s.p.Page(page) })
		return d.places[page]
	}
	d.design = kit.NewNavItem("pencil-ruler", words.T("Design"), func() { s.p.Page(s.next()) })
	d.ofProject = kit.VStack(2, place(Thread), kit.NavHead(words.T("Lifecycle")), d.design, place(Worksheets))
	d.activity = place(Activity)
	d.team = kit.VStack(2, kit.NavHead(words.T("Team")))
	now := s.p.State.Get()
	for _, page := range []Page{TeamSync, Reviewing} {
		if now.there(page) {
			d.team.Add(place(page))
		}
	}
	d.teamLone = len(d.team.Objects) == 1
	d.team.Add(d.activity)
	return kit.VStack(2, place(Overview), d.ofProject, d.team, kit.NavHead(words.T("Practice")), place(Templates))
}

// next returns the page of the design phase on which something is left to do.
func (s *Screen) next() Page {
	for _, page := range InDesign {
		if !s.state.Project.Marks[page].Done() {
			return page
		}
	}
	return SignOff
}

// newSearch looks like a field and opens the palette.
func newSearch(example, keys string, open func()) fyne.CanvasObject {
	key := container.NewStack(kit.NewBox(4, theme.Sunken, theme.Border), kit.Pad(1, 5, 1, 5, kit.NewText(keys, 10.5, theme.Text3)))
	inside := kit.HStack(8, kit.NewIcon("search", 14, theme.Text3), kit.NewText(example, theme.SizeLabel, theme.Text3).Shrink(), kit.Spacer(), key)
	return kit.NewPlain(container.NewStack(kit.NewBox(theme.RadiusControl, theme.Surface, theme.Border), kit.Pad(6, 8, 6, 10, inside)), open)
}

func (d *side) draw(st State) {
	name := st.Project.Name
	if name == "" {
		name = st.Workspace
	}
	d.project.Set(name)
	d.logo.Set(firstLetter(name))
	d.workspace.Set(st.Workspace)
	if st.Project.Name == "" {
		d.workspace.Set(words.T("No project yet"))
	}
	for page, item := range d.places {
		count := ""
		if page == Reviewing && st.Decisions > 0 {
			count = fmt.Sprint(st.Decisions)
		}
		item.Set(st.Route.Page == page, count)
	}
	ready, of := st.Project.DesignReady()
	d.design.Set(slices.Contains(InDesign, st.Route.Page), fmt.Sprintf("%d / %d", ready, of))
	none := st.Project.ID == ""
	d.ofProject.Hidden, d.team.Hidden = none, none && d.teamLone
	hide(d.activity, none)
	foot := said(st)
	d.icon.Set(foot.icon, foot.ink)
	d.saved.Set(foot.text)
	d.more.Set(foot.more)
	d.tip.SetWords("")
	if foot.more != "" && st.Saving.Hint != "" {
		d.tip.SetWords(foot.more + " " + st.Saving.Hint)
	}
	d.name.Set(st.Person)
	d.role.Set(st.Role)
	if d.person != st.Person || len(d.avatar.Objects) == 0 {
		d.person = st.Person
		d.avatar.Objects = []fyne.CanvasObject{kit.Avatar(st.Person, st.Hue, 28)}
		d.avatar.Refresh()
	}
}

func firstLetter(name string) string {
	for _, r := range name {
		return string(r)
	}
	return ""
}

// hide hides an object, or shows it.
func hide(o fyne.CanvasObject, hidden bool) {
	if o.Visible() != hidden {
		return
	}
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}
