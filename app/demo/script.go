package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"cairn/app"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/value"
)

// player is somebody who takes part.
type player struct {
	name   string
	roles  []string
	person ref
}

// ref is a document that is made while the script is played. Before that it has
// no name.
type ref struct{ doc id.Doc }

// String returns the ID.
func (r *ref) String() string { return r.doc.String() }

// refs are several documents, as a field that holds several is filled.
type refs []*ref

// String lists the IDs.
func (r refs) String() string {
	names := make([]string, len(r))
	for i, one := range r {
		names[i] = one.String()
	}
	return strings.Join(names, ",")
}

// list is what stands in a field that holds several texts.
type list []string

// String returns l as JSON, so that a text may hold a comma.
func (l list) String() string {
	text, err := json.Marshal([]string(l))
	if err != nil {
		panic(fmt.Sprintf("demo: texts without a JSON form: %v", err)) // strings always have one
	}
	return string(text)
}

// fields are what a document holds: texts, numbers, ref, refs and list, by the
// name of the field.
type fields map[string]any

// typed returns f as a person would type it, once what it refers to is made.
func (f fields) typed() map[string]string {
	out := make(map[string]string, len(f))
	for name, value := range f {
		out[name] = fmt.Sprint(value)
	}
	return out
}

// script is what everybody does, in order. Writing it does nothing yet, so that
// it needs no context and can't fail.
type script struct {
	*tongue
	pace
	seed     uint64
	founding app.Founding
	cast     []*player
	founder  *player
	guest    *player
	team     crew
	project  ref
	model    ref
	deeds    []deed
}

// deed is one thing that somebody does.
type deed struct {
	at   time.Time
	what string // for an error: "Priya Raman makes a data_source"
	do   func(ctx context.Context, t *team) error
}

// write writes the script of a demo that ends before now.
func write(g Guest, now time.Time) (*script, error) {
	t, err := tongueOf(g.Language)
	if err != nil {
		return nil, err
	}
	s := &script{tongue: t, seed: g.Seed, pace: pace{days: workdays(now, days), lots: rand.New(rand.NewPCG(g.Seed, 0))}}
	s.guest = &player{name: g.Person, roles: append([]string{stakeholder}, g.Roles...)}
	s.story()
	return s, nil
}

// starts returns when the first deed is done.
func (s *script) starts() time.Time { return s.deeds[0].at }

func (s *script) does(who *player, what string, do func(ctx context.Context, t *team, a *app.App) error) {
	s.deeds = append(s.deeds, deed{s.next(), who.name + " " + what, func(ctx context.Context, t *team) error {
		return do(ctx, t, t.devices[who])
	}})
}

// admits makes somebody a member, with the right and the roles that they have.
func (s *script) admits(who, newcomer *player, right member.Role) {
	s.does(who, "admits "+newcomer.name, func(ctx context.Context, t *team, a *app.App) error {
		person, err := a.AdmitPerson(ctx, newcomer.name, right, t.devices[newcomer].PublicKey())
		if err != nil {
			return err
		}
		newcomer.person.doc = person
		roles, err := json.Marshal(newcomer.roles)
		if err != nil {
			return err
		}
		_, err = app.SetField.Do(ctx, a, app.SetFieldRequest{ID: person.String(), Field: "roles", Value: string(roles)})
		return err
	})
}

// meet lets the logs of all players in party meet.
func (s *script) meet(party ...*player) {
	s.deeds = append(s.deeds, deed{s.next(), "meeting", func(ctx context.Context, t *team) error { return t.meet(ctx, party...) }})
}

// makes lets somebody make a document of the project.
func (s *script) makes(who *player, kind string, f fields) *ref {
	made := &ref{}
	s.does(who, "makes a "+kind, func(ctx context.Context, _ *team, a *app.App) error {
		d, err := app.CreateDoc.Do(ctx, a, app.CreateDocRequest{Kind: kind, Project: s.project.String(), Fields: f.typed()})
		made.doc = d.ID
		return err
	})
	return made
}

// changes lets somebody change a document.
func (s *script) changes(who *player, what *ref, f fields) {
	s.does(who, "changes a document", func(ctx context.Context, _ *team, a *app.App) error {
		_, err := app.ChangeDoc.Do(ctx, a, app.ChangeDocRequest{ID: what.String(), Fields: f.typed()})
		return err
	})
}

// settles lets somebody end the conflict over a field with a value.
func (s *script) settles(who *player, what *ref, field, text string) {
	s.does(who, "settles "+field, func(ctx context.Context, _ *team, a *app.App) error {
		_, err := app.ResolveConflict.Do(ctx, a, app.ResolveRequest{ID: what.String(), Field: field, Choice: "=" + text})
		return err
	})
}

// saves lets somebody save the project's value model.
func (s *script) saves(who *player, m value.Model) {
	s.does(who, "saves the value model", func(ctx context.Context, _ *team, a *app.App) error {
		saved, err := app.SaveValueModel.Do(ctx, a, app.SaveValueModelRequest{Project: s.project.String(), Model: m})
		s.model.doc = saved.ID
		return err
	})
}
