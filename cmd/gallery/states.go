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
	{name: "panel", show: func(s *stage) { s.beside(shell.Value) }, all: true},
	{name: "panel-history", show: func(s *stage) {
		s.beside(shell.Requirements)
		s.press(words.T("History"))
	}, all: true},
	{name: "panel-answer", show: func(s *stage) {
		s.beside(shell.Overview)
		s.press(words.T("Answer"))
		s.write("", "@")
	}, all: true},
	{name: "panel-none", show: func(s *stage) { s.beside(shell.Worksheets) }},
	{name: "templates-own", show: func(s *stage) {
		s.open(shell.Templates)
		s.press(words.T("Make it our own"))
	}, all: true},
	{name: "templates-wrong", show: func(s *stage) {
		s.open(shell.Templates)
		s.press(words.T("New template"))
		s.press(words.T("First question"))
		s.write(words.T("First question"), " ")
	}},
	{name: "worksheets-begin", show: func(s *stage) {
		s.open(shell.Worksheets)
		s.press(words.T("Begin a worksheet"))
	}},
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
	{name: "first-activity", show: firstOn(shell.Activity), empty: true},
	{name: "first-worksheets", show: firstOn(shell.Worksheets), empty: true},
	{name: "first-panel", show: func(s *stage) {
		s.app.Preferences().SetString("panel", "open")
		firstOn(shell.Requirements)(s)
	}, empty: true},
}

// at opens a page of the demo.
func at(page shell.Page) func(*stage) {
	return func(s *stage) { s.open(page) }
}

// beside opens a page of the demo with what belongs to it at its right.
func (s *stage) beside(page shell.Page) {
	s.app.Preferences().SetString("panel", "open")
	s.open(page)
}

// firstOn opens a page of a project that somebody has just made in a workspace of
// their own.
func firstOn(page shell.Page) func(*stage) {
	return func(s *stage) {
		s.found()
		s.press(words.T("New project"))
		s.write("", words.T("Churn reduction"))
		s.press(words.T("Create project"))
		s.app.Preferences().SetString("page", string(page))
		_ = s.window.Close()
		s.window.Settle()
		s.begin()
	}
}

// found makes a new workspace as a person does.
func (s *stage) found() {
	s.begin()
	for i, text := range []string{"Telco", "Minji Kim"} {
		kittest.Find[*kit.Entry](s.canvas.Content())[i].SetText(text)
	}
	s.press(words.T("Create workspace"))
}
