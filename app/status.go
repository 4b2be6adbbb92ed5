package app

import (
	"context"
	"encoding/hex"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"cairn/app/index"
	"cairn/app/journal"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// Version is the version of Cairn.
const Version = "0.1.0"

// BuildInfo says which build of Cairn this is.
type BuildInfo struct {
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the source, "unknown" outside a checkout
	Go       string `json:"go"`
}

// Build returns which build of Cairn runs.
func Build() BuildInfo {
	out := BuildInfo{Version: Version, Revision: "unknown", Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				out.Revision = s.Value
			}
		}
	}
	return out
}

// GetStatus tells who, what, where, how big, and who is behind.
var GetStatus = Call[StatusRequest, Status]{"status", "Tells who, what, where, how big, and who is behind.", (*App).status}

// StatusRequest asks for the status.
type StatusRequest struct{}

// Status is how a workspace stands on this device.
type Status struct {
	Workspace  WorkspaceInfo `json:"workspace"`
	Device     id.Device     `json:"device"`
	Person     PersonInfo    `json:"person"`
	Folder     string        `json:"folder"`
	Documents  int           `json:"documents"`
	Operations uint64        `json:"operations"`
	Logs       int           `json:"logs"`
	Blobs      int           `json:"blobs"`
	Bytes      int64         `json:"bytes"` // on disk
	StateHash  string        `json:"state_hash"`
	Keys       KeysInfo      `json:"keys"`
	Waiting    []Waiting     `json:"waiting"`
	Peers      []Peer        `json:"peers"`
	Version    string        `json:"version"`
}

// WorkspaceInfo names a workspace.
type WorkspaceInfo struct {
	ID   id.Workspace `json:"id"`
	Name string       `json:"name"`
}

// PersonInfo names a person and what they may do.
type PersonInfo struct {
	ID    id.Doc   `json:"id"`
	Name  string   `json:"name"`
	Roles []string `json:"roles"` // of the lifecycle
	Right string   `json:"right"` // viewer, contributor, approver or admin; none for a device that was removed
}

// KeysInfo says how the keys of this folder are kept.
type KeysInfo struct {
	Protection Protection `json:"protection"`
	Sentence   string     `json:"sentence"`
}

// Waiting says what is stored but not folded in yet.
type Waiting struct {
	Device   string `json:"device"`
	Person   string `json:"person"`
	Reason   string `json:"reason"` // missing, future or newer
	Sentence string `json:"sentence"`
}

func (a *App) status(ctx context.Context, _ StatusRequest) (Status, error) {
	stats, err := a.journal.Stats(ctx)
	if err != nil {
		return Status{}, err
	}
	usage, err := a.disk.Size()
	if err != nil {
		return Status{}, err
	}
	return Status{
		Workspace: WorkspaceInfo{a.journal.Workspace(), a.workspaceName()},
		Device:    a.Device(), Person: a.self(), Folder: a.Dir(),
		Documents: stats.Documents, Operations: stats.Operations, Logs: stats.Logs,
		Blobs: usage.Blobs, Bytes: usage.Bytes, StateHash: hex.EncodeToString(stats.Hash[:]),
		Keys: a.keysInfo(), Waiting: a.waiting(), Peers: a.peers(a.network.State()), Version: Version,
	}, nil
}

// workspaceName returns what the team calls the workspace.
func (a *App) workspaceName() string {
	page, err := a.index.List(index.Query{Noun: noun.Workspaces.Number, Order: index.Oldest, Limit: 1})
	if err != nil || len(page.Rows) == 0 {
		return ""
	}
	return page.Rows[0].Title
}

// mayWrite reports whether this person has the right to write documents.
func (a *App) mayWrite() bool {
	members := a.journal.Members()
	if members == nil {
		return false
	}
	d, ok := members.Device(a.Device().Short())
	return ok && !d.Removed && members.Role(d.Person) >= member.Contributor
}

// self returns the person whose device this is.
func (a *App) self() PersonInfo {
	out := PersonInfo{Roles: []string{}, Right: "none"}
	members := a.journal.Members()
	if members == nil {
		return out
	}
	device, ok := members.Device(a.Device().Short())
	if !ok {
		return out
	}
	out.ID = device.Person
	if !device.Removed {
		out.Right = members.Role(device.Person).String()
	}
	if d, err := a.journal.Doc(device.Person); err == nil {
		view := noun.Persons.View(d)
		out.Name, out.Roles = view.Name, append(out.Roles, view.Roles...)
	}
	return out
}

func (a *App) waiting() []Waiting {
	out := []Waiting{}
	for log, s := range a.journal.Stalls() {
		who := a.author(log)
		w := Waiting{Device: who.Device, Person: who.Person}
		switch s.Reason {
		case journal.FromTheFuture:
			w.Reason = "future"
			w.Sentence = fmt.Sprintf("Changes by %s are dated %s, in the future: their clock or this one is wrong.", who.Person, s.Until.Format("2006-01-02 15:04"))
		case journal.NeedsNewerVersion:
			w.Reason = "newer"
			w.Sentence = fmt.Sprintf("Changes by %s need a later version of Cairn.", who.Person)
		default:
			w.Reason = "missing"
			w.Sentence = fmt.Sprintf("Changes by %s build on some by %s that have not come here yet.", who.Person, a.author(s.For.Log).Person)
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(x, y Waiting) int { return strings.Compare(x.Device, y.Device) })
	return out
}
