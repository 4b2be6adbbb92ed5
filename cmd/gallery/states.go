package main

import (
	"cairn/core/fault"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// states lists what the window can show.
var states = []state{
	{name: "overview", show: at(shell.Overview), all: true},
	{name: "charter", show: at(shell.Charter), all: true},
	{name: "value", show: at(shell.Value), all: true},
	{name: "requirements", show: at(shell.Requirements), all: true},
	{name: "metrics", show: at(shell.Metrics), all: true},
	{name: "sources", show: at(shell.Sources), all: true},
	{name: "roles", show: at(shell.Roles), all: true},
	{name: "sign-off", show: at(shell.SignOff), all: true},
	{name: "worksheets", show: at(shell.Worksheets), all: true},
	{name: "thread", show: at(shell.Thread), all: true},
	{name: "activity", show: at(shell.Activity), all: true},
	{name: "templates", show: at(shell.Templates), all: true},

	{name: "palette", show: func(s *stage) {
		s.open(shell.Value)
		s.window.Frame().Palette()
	}, all: true},
	{name: "panel", show: func(s *stage) {
		s.app.Preferences().SetString("panel", "open")
		s.open(shell.Value)
	}, all: true},
	{name: "value-wrong", show: func(s *stage) {
		s.open(shell.Value)
		s.write("100,000", "a hundred thousand")
	}},
	{name: "requirements-new", show: func(s *stage) {
		s.open(shell.Requirements)
		s.press(words.T("Add requirement"))
	}},
	{name: "broken", show: func(s *stage) {
		s.open(shell.Requirements)
		s.fail(fault.New(fault.Offline, "The program that holds the workspace has ended.", "Open the window again."))
	}},

	{name: "welcome", show: func(s *stage) { s.begin() }, all: true, empty: true},
	{name: "first", show: func(s *stage) { s.found() }, all: true, empty: true},
}

// at opens a page of the demo.
func at(page shell.Page) func(*stage) {
	return func(s *stage) { s.open(page) }
}

// found makes a new workspace as a person does.
func (s *stage) found() {
	s.begin()
	for i, text := range []string{"Telco", "Minji Kim"} {
		kittest.Find[*kit.Entry](s.canvas.Content())[i].SetText(text)
	}
	s.press(words.T("Create workspace"))
}
