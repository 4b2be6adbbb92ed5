package undo_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"cairn/ui/undo"
)

// set does a step that makes *at hold v.
func set(p *undo.Past, at *int, v int) {
	old := *at
	*at = v
	p.Did(undo.Step{
		Name:  fmt.Sprintf("%d to %d", old, v),
		Back:  func(context.Context) error { *at = old; return nil },
		Again: func(context.Context) error { *at = v; return nil },
	})
}

func TestThereAndBackAgain(t *testing.T) {
	var p undo.Past
	at := 0
	set(&p, &at, 1)
	set(&p, &at, 2)
	walk := func(what string, step func(context.Context) (string, error), name string, want int, state undo.State) {
		t.Helper()
		got, err := step(t.Context())
		if err != nil || got != name || at != want || p.State.Get() != state {
			t.Errorf("%s: %q, %v, at %d with %+v; want %q at %d with %+v", what, got, err, at, p.State.Get(), name, want, state)
		}
	}
	walk("undo", p.Undo, "1 to 2", 1, undo.State{Undo: "0 to 1", Redo: "1 to 2"})
	walk("undo", p.Undo, "0 to 1", 0, undo.State{Redo: "0 to 1"})
	walk("undo at the beginning", p.Undo, "", 0, undo.State{Redo: "0 to 1"})
	walk("redo", p.Redo, "0 to 1", 1, undo.State{Undo: "0 to 1", Redo: "1 to 2"})
	set(&p, &at, 5)
	walk("redo after something new", p.Redo, "", 5, undo.State{Undo: "1 to 5"})
}

func TestWhatFailsIsForgotten(t *testing.T) {
	var p undo.Past
	gone := errors.New("somebody changed it")
	p.Did(undo.Step{Name: "a", Back: func(context.Context) error { return gone }})
	if name, err := p.Undo(t.Context()); name != "a" || !errors.Is(err, gone) {
		t.Errorf("undo = %q, %v", name, err)
	}
	if got := p.State.Get(); got != (undo.State{}) {
		t.Errorf("state = %+v, want nothing left", got)
	}
}

func TestPastIsBounded(t *testing.T) {
	var p undo.Past
	at := 0
	for i := range 1000 {
		set(&p, &at, i+1)
	}
	steps := 0
	for name := "-"; name != ""; steps++ {
		name, _ = p.Undo(t.Context())
	}
	if steps < 100 || steps > 300 {
		t.Errorf("%d steps can be undone", steps-1)
	}
}
