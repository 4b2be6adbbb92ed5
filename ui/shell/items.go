package shell

import (
	"fmt"

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
	if page.OfWorkspace() {
		page = Overview
	}
	s.p.Go(Route{Page: page, Project: id})
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

// Palette opens the search over pages, documents, projects and actions.
func (s *Screen) Palette() {
	var documents []Document
	s.window.Crew.Then(func() { documents = s.p.Documents(s.ctx) }, func() {
		if s.window.Canvas.Overlays().Top() == nil {
			s.openPalette(documents)
		}
	})
}

func (s *Screen) openPalette(documents []Document) {
	mod := "Ctrl "
	if s.window.Mac {
		mod = "⌘ "
	}
	pages := []kit.Item{{Icon: Overview.icon(), Words: Overview.Name(), Keys: mod + "0", Do: func() { s.p.Page(Overview) }}}
	if s.state.Project.ID != "" {
		for i, page := range InDesign {
			pages = append(pages, kit.Item{Icon: page.icon(), Words: page.Name(), Aside: page.part(), Keys: fmt.Sprintf("%s%d", mod, i+1), Do: func() { s.p.Page(page) }})
		}
	}
	for _, page := range elsewhere[1:] {
		if (s.state.Project.ID != "" || page.OfWorkspace()) && s.state.there(page) {
			pages = append(pages, kit.Item{Icon: page.icon(), Words: page.Name(), Aside: page.part(), Do: func() { s.p.Page(page) }})
		}
	}
	var found, projects []kit.Item
	for _, d := range documents {
		found = append(found, kit.Item{Icon: d.Page.icon(), Words: d.Name, Aside: d.Page.Name(), Do: func() {
			s.p.Go(Route{Page: d.Page, Project: s.state.Project.ID, Document: d.ID})
		}})
	}
	for _, project := range s.state.Projects {
		projects = append(projects, kit.Item{Icon: "folder", Words: project.Name, Do: func() { s.openProject(project.ID) }})
	}
	kit.OpenPalette(s.window.Canvas, []kit.Group{
		{Name: words.T("Actions"), Items: s.actions(mod)},
		{Name: words.T("Pages"), Items: pages},
		{Name: words.T("Documents"), Items: found},
		{Name: words.T("Projects"), Items: projects},
	}, kit.PaletteWords{
		Example: words.T("Search or jump to…"), Nothing: words.T("Nothing is called that. Try fewer letters."),
		Move: words.T("move"), Open: words.T("open"), Close: words.T("close"),
	})
}

// actions are what can be done on any page.
func (s *Screen) actions(mod string) []kit.Item {
	items := []kit.Item{
		{Icon: "plus", Words: words.T("New project"), Keys: mod + "N", Do: s.window.New},
	}
	if s.state.Project.ID != "" {
		items = append(items,
			kit.Item{Icon: "signature", Words: words.T("Sign off"), Keys: mod + "Enter", Do: s.sign},
			kit.Item{Icon: "file-down", Words: words.T("Make a report"), Keys: mod + "E", Do: s.window.Report},
			kit.Item{Icon: "message-square", Words: words.T("Show or hide the discussion"), Keys: mod + "J", Do: s.p.TogglePanel},
			kit.Item{Icon: "undo-2", Words: words.T("Undo"), Keys: mod + "Z", Do: s.window.Undo},
			kit.Item{Icon: "redo-2", Words: words.T("Redo"), Keys: mod + "Y", Do: s.window.Redo})
	}
	items = append(items, kit.Item{Icon: "moon", Words: words.T("Switch between light and dark"), Keys: mod + "Shift L", Do: s.otherTheme})
	for _, l := range words.Languages {
		if l.Language != words.Spoken() {
			items = append(items, kit.Item{Icon: "languages", Words: words.T("Show the window in %s", l.Name), Do: func() { s.speak(l.Language) }})
		}
	}
	return items
}
