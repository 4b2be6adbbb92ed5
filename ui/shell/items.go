package shell

import (
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// projectItems are what the project switcher offers.
func (s *Screen) projectItems() []kit.Item {
	var items []kit.Item
	for _, project := range s.state.Projects {
		item := kit.Item{Words: project.Name, Do: func() { s.openProject(project.ID) }}
		if project.ID == s.state.Route.Project {
			item.Icon, item.Chosen = "check", true
		}
		items = append(items, item)
	}
	return append(items, kit.Item{Icon: "plus", Words: words.T("New project"), Do: s.window.New})
}

// openProject shows the page that is open, of another project.
func (s *Screen) openProject(id string) {
	page := s.state.Route.Page
	if page == Overview {
		page = Value
	}
	s.p.Go(Route{page, id})
}

// settingItems are what can be set about the window.
func (s *Screen) settingItems() []kit.Item {
	dark := theme.Current() == &theme.Dark
	items := []kit.Item{
		{Words: words.T("Appearance")},
		mark(kit.Item{Icon: "sun", Words: words.T("Light"), Do: func() { s.setTheme(theme.LightOne) }}, !dark),
		mark(kit.Item{Icon: "moon", Words: words.T("Dark"), Do: func() { s.setTheme(theme.DarkOne) }}, dark),
		{Icon: "settings", Words: words.T("As the system"), Do: func() { s.setTheme(theme.System) }},
		{Words: words.T("Language")},
	}
	for _, l := range words.Languages {
		items = append(items, mark(kit.Item{Icon: "languages", Words: l.Name, Do: func() { s.speak(l.Language) }}, l.Language == words.Spoken()))
	}
	return append(items, kit.Item{Words: words.T("Workspace in %s, Cairn %s", s.state.Folder, s.state.Version)})
}

func mark(item kit.Item, chosen bool) kit.Item {
	item.Chosen = chosen
	if chosen {
		item.Icon = "check"
	}
	return item
}

// Palette opens the search over pages, projects and actions.
func (s *Screen) Palette() {
	phase := words.T("Design")
	mod := "Ctrl "
	if s.window.Mac {
		mod = "⌘ "
	}
	pages := []kit.Item{{Icon: "layout-dashboard", Words: Overview.Name(), Keys: mod + "0", Do: func() { s.p.Page(Overview) }}}
	if s.state.Project.ID != "" {
		pages = append(pages,
			kit.Item{Icon: "coins", Words: Value.Name(), Aside: phase, Keys: mod + "1", Do: func() { s.p.Page(Value) }},
			kit.Item{Icon: "clipboard-list", Words: Requirements.Name(), Aside: phase, Keys: mod + "2", Do: func() { s.p.Page(Requirements) }})
	}
	var projects []kit.Item
	for _, project := range s.state.Projects {
		projects = append(projects, kit.Item{Icon: "folder", Words: project.Name, Do: func() { s.openProject(project.ID) }})
	}
	actions := []kit.Item{
		{Icon: "plus", Words: words.T("New project"), Keys: mod + "N", Do: s.window.New},
		{Icon: "moon", Words: words.T("Switch between light and dark"), Keys: mod + "Shift L", Do: s.otherTheme},
	}
	for _, l := range words.Languages {
		if l.Language != words.Spoken() {
			actions = append(actions, kit.Item{Icon: "languages", Words: words.T("Show the window in %s", l.Name), Do: func() { s.speak(l.Language) }})
		}
	}
	kit.OpenPalette(s.window.Canvas, []kit.Group{{Name: words.T("Pages"), Items: pages}, {Name: words.T("Projects"), Items: projects}, {Name: words.T("Actions"), Items: actions}},
		kit.PaletteWords{
			Example: words.T("Search or jump to…"), Nothing: words.T("Nothing is called that. Try fewer letters."),
			Move: words.T("move"), Open: words.T("open"), Close: words.T("close"),
		})
}
