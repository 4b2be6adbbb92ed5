package main

import (
	"context"
	"fmt"
	"time"

	"cairn/core/fault"
	corevalue "cairn/core/value"
	"cairn/ui/edit"
	"cairn/ui/overview"
	"cairn/ui/shell"
	"cairn/ui/value"
	"cairn/ui/words"
)

// states lists what the window can show.
var states = []state{
	{"value", func(s *stage) { s.open(shell.Value) }, true},
	{"value-choose", func(s *stage) { s.world.document = nil; s.open(shell.Value) }, true},
	{"value-wrong", func(s *stage) {
		s.open(shell.Value)
		s.value.Type(value.Key{Of: "variable", Name: "churners"}, "a thousand")
	}, false},
	{"value-formula", func(s *stage) {
		s.open(shell.Value)
		s.value.Type(value.Key{Of: "formula", Part: value.Text}, "kept * discounted_pric")
	}, false},
	{"value-unsaved", func(s *stage) {
		s.open(shell.Value)
		s.value.Type(value.Key{Of: "variable", Name: "churners"}, "1,200")
	}, false},
	{"value-conflict", func(s *stage) { s.conflict(); s.open(shell.Value) }, true},
	{"value-decide", func(s *stage) {
		s.conflict()
		s.open(shell.Value)
		s.page.(*value.Screen).Decide()
	}, false},
	{"value-readonly", func(s *stage) { s.world.document.ReadOnly = true; s.open(shell.Value) }, false},
	{"value-exact", func(s *stage) {
		m := s.world.document.Model
		m.Variables = append([]corevalue.Variable(nil), m.Variables...)
		for i := range m.Variables {
			m.Variables[i].Low, m.Variables[i].High = nil, nil
		}
		m.Costs, m.Scenarios = nil, nil
		s.world.document.Model = m
		s.open(shell.Value)
	}, false},
	{"value-loss", func(s *stage) {
		m, _ := s.world.document.Model.Override("churners", "200..250..300")
		s.world.document.Model = m
		s.open(shell.Value)
	}, false},
	{"value-huge", func(s *stage) {
		m, _ := s.world.document.Model.Override("churners", "100000000..1234567890..2000000000")
		m.Variables[2].Label = long("A label that somebody has written very carefully")
		s.world.document.Model = m
		s.world.projects[0].Name = long("A project with a name")
		s.open(shell.Value)
	}, false},
	{"value-broken", func(s *stage) {
		s.world.broken = fault.New(fault.Damaged, "The value model's variable number 3 can't be read.", "Correct it with `cairn doc set`, or save the model again.")
		s.open(shell.Value)
	}, false},
	{"value-full", func(s *stage) {
		s.open(shell.Value)
		s.value.Type(value.Key{Of: "variable", Name: "churners"}, "1,200")
		s.line.Done("value", fault.New(fault.Full, "The disk is full.", "Make room; what you typed is still here."))
	}, false},
	{"requirements", func(s *stage) { s.open(shell.Requirements) }, true},
	{"requirements-empty", func(s *stage) { s.world.needs = nil; s.open(shell.Requirements) }, true},
	{"requirements-new", func(s *stage) { s.open(shell.Requirements); s.needs.Add(nil) }, false},
	{"requirements-wrong", func(s *stage) {
		s.open(shell.Requirements)
		s.needs.Type("01k8r1", "threshold", "most")
		s.needs.Type("01k8r1", "title", "")
	}, false},
	{"requirements-conflict", func(s *stage) {
		s.world.needs[0].Conflicts = map[string][]edit.Version{"threshold": {{Text: "0.8", By: "Jisoo Park", At: now}, {Text: "0.75", By: "Sofia Lind", At: now}}}
		s.open(shell.Requirements)
	}, false},
	{"requirements-many", func(s *stage) {
		for i := range 100_000 {
			s.world.needs = append(s.world.needs, edit.Document{ID: fmt.Sprint(i), Fields: map[string]string{"title": long("Requirement that is long")}})
		}
		s.open(shell.Requirements)
	}, false},
	{"requirements-undo", func(s *stage) {
		s.open(shell.Requirements)
		s.toasts.Say("trash-2", words.T("Moved “%s” to the trash", "A score within 200 ms"), words.T("Undo"), func() {})
	}, false},
	{"charter", func(s *stage) { s.open(shell.Charter) }, true},
	{"overview", func(s *stage) { s.open(shell.Overview) }, true},
	{"overview-empty", func(s *stage) {
		s.world.cards, s.world.projects = nil, nil
		s.open(shell.Overview)
	}, true},
	{"overview-create", func(s *stage) {
		s.open(shell.Overview)
		overview.AskProject(context.Background(), s.canvas, overview.NewPresenter(s.world, func() time.Time { return now }), s.crew, func(string) {})
	}, false},
	{"overview-broken", func(s *stage) {
		s.world.broken = fault.New(fault.Offline, "The program that holds the workspace has ended.", "Open the window again.")
		s.open(shell.Overview)
	}, false},
	{"welcome", func(s *stage) { s.greet(fault.New(fault.NotFound, "", "")) }, true},
	{"welcome-wrong", func(s *stage) { s.greet(fault.New(fault.NotFound, "", "")).Create(context.Background(), "", "") }, false},
	{"welcome-sealed", func(s *stage) {
		s.world.broken = fault.New(fault.Denied, "The passphrase is wrong.", "Try again; without it the keys of this workspace can't be read.")
		s.greet(fault.New(fault.Denied, "", "")).Unlock(context.Background(), "secret")
	}, true},
	{"welcome-blocked", func(s *stage) {
		s.greet(fault.New(fault.Newer, "The workspace was written by a later version of Cairn.", "Update Cairn to open it."))
	}, false},
	{"palette", func(s *stage) { s.open(shell.Value); s.frame.Palette() }, true},
}

// conflict has two people write different formulas.
func (s *stage) conflict() {
	s.world.document.Conflicts = []value.Conflict{{Field: "formula", Label: "Formula", Versions: []value.Version{
		{Text: "kept * discounted_price", By: "Minji Kim", At: "14:02"},
		{Text: "kept * discounted_price * 0.9", By: "Jisoo Park", At: "14:05"},
	}}}
}
