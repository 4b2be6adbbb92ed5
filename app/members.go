package app

import (
	"context"
	"slices"
	"strings"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// ListMembers lists who is in the workspace.
var ListMembers = Call[ListMembersRequest, []Member]{"member/list", "Lists who is in the workspace, what they may do and how they work in it, by name.", (*App).listMembers}

// ListMembersRequest asks for the members.
type ListMembersRequest struct{}

// Member is a person in the workspace.
type Member struct {
	ID      id.Doc   `json:"id"`
	Name    string   `json:"name"`
	Roles   []string `json:"roles"`   // of the lifecycle
	Right   string   `json:"right"`   // viewer, contributor, approver or admin
	Devices int      `json:"devices"` // that are not removed
	You     bool     `json:"you,omitempty"`
}

func (a *App) listMembers(context.Context, ListMembersRequest) ([]Member, error) {
	out := []Member{}
	members := a.journal.Members()
	if members == nil {
		return out, nil
	}
	me := a.self().ID
	for _, p := range members.Persons() {
		if p.Role == member.None {
			continue
		}
		m := Member{ID: p.ID, Roles: []string{}, Right: p.Role.String(), You: p.ID == me}
		if d, err := a.journal.Doc(p.ID); err == nil {
			view := noun.Persons.View(d)
			m.Name, m.Roles = view.Name, append(m.Roles, view.Roles...)
		}
		for _, d := range members.Devices() {
			if d.Person == p.ID && !d.Removed {
				m.Devices++
			}
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y Member) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}
