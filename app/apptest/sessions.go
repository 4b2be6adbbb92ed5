package apptest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/index"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
)

// Sessions lets people work: in each session one of nodes, drawn at random,
// edits documents for a while, and now and then some of what others have
// written comes in, whichever logs and however much of each. What happens
// follows from the seed.
func Sessions(t testing.TB, seed uint64, sessions int, nodes ...*Node) {
	t.Helper()
	s := &team{t: t, rnd: rand.New(rand.NewPCG(seed, 1)), nodes: nodes}
	for range sessions {
		n := nodes[s.rnd.IntN(len(nodes))]
		s.look(n)
		for range 1 + s.rnd.IntN(3) {
			s.edit(n)
		}
		for _, each := range nodes {
			each.Clock.Advance(time.Duration(s.rnd.IntN(30_000)) * time.Millisecond)
		}
		if s.rnd.IntN(2) == 0 {
			s.exchange()
		}
	}
}

// Settle brings every node up to date with all others, and their clocks to one
// time.
func Settle(nodes ...*Node) {
	latest := nodes[0].Clock.Now()
	for _, n := range nodes {
		if now := n.Clock.Now(); now.After(latest) {
			latest = now
		}
	}
	for _, n := range nodes {
		n.Clock.Advance(latest.Sub(n.Clock.Now()))
	}
	for _, to := range nodes {
		for _, from := range nodes {
			if to != from {
				to.Pull(from)
			}
		}
	}
}

// look lets n take in what was waiting for its clock, so that the seed alone
// decides when that happens.
func (s *team) look(n *Node) {
	if len(n.Journal().Stalls()) == 0 {
		return
	}
	if _, err := n.Journal().Stats(s.t.Context()); err != nil {
		s.t.Fatalf("look at what waits: %v", err)
	}
}

type team struct {
	t     testing.TB
	rnd   *rand.Rand
	nodes []*Node
}

// exchange brings part of what one node has to another: some logs, in any
// order, each up to a random batch. What builds on something that has not come
// yet has to wait there.
func (s *team) exchange() {
	from, to := s.nodes[s.rnd.IntN(len(s.nodes))], s.nodes[s.rnd.IntN(len(s.nodes))]
	if from == to {
		return
	}
	var logs []id.Log
	for log := range from.Journal().Heads() {
		logs = append(logs, log)
	}
	// A map has no order of its own: the seed gives it one.
	sortLogs(logs)
	s.rnd.Shuffle(len(logs), func(i, k int) { logs[i], logs[k] = logs[k], logs[i] })
	for _, log := range logs {
		raws := from.Batches(log, to.Journal().Heads()[log].Next)
		if len(raws) == 0 {
			continue
		}
		some := raws[:1+s.rnd.IntN(len(raws))]
		if err := to.Journal().Receive(s.t.Context(), some); err != nil {
			s.t.Fatalf("receive %d batches of %s: %v", len(some), log, err)
		}
	}
}

// words are few, so that people often write the same, and at the same place.
var words = []string{"recall", "precision", "churners found", "latency", "정확도", "cost", "fairness", "", "a longer thought about the matter"}

func (s *team) word() string { return words[s.rnd.IntN(len(words))] }

// edit changes something at n.
func (s *team) edit(n *Node) {
	s.t.Helper()
	project, ok := s.pick(n, noun.Projects.Kind)
	if !ok || s.rnd.IntN(25) == 0 {
		Do(n, app.CreateProject, app.CreateProjectRequest{Name: fmt.Sprintf("Project %d", s.rnd.IntN(1_000_000))})
		return
	}
	switch s.rnd.IntN(10) {
	case 0:
		Do(n, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: project.String(), Fields: map[string]string{"title": s.word()}})
	case 1:
		Do(n, app.CreateDoc, app.CreateDocRequest{Kind: "charter", Project: project.String(), Fields: map[string]string{"problem": s.word()}})
	case 2:
		s.set(n, project, "tags", s.word()+","+s.word())
	case 3:
		s.set(n, project, "summary", s.word()+" "+s.word())
	case 4, 5, 6:
		if d, ok := s.pick(n, noun.Requirements.Kind); ok {
			s.editRequirement(n, d)
		}
	case 7, 8:
		if d, ok := s.pick(n, noun.Charters.Kind); ok {
			s.set(n, d, "users", s.word()+","+s.word()+","+s.word())
			s.set(n, d, "problem", s.word()+" "+s.word()+" "+s.word())
		}
	default:
		if d, ok := s.pick(n, noun.Requirements.Kind); ok {
			call := app.MoveToTrash
			if s.rnd.IntN(2) == 0 {
				call = app.TakeFromTrash
			}
			Do(n, call, app.DocRequest{ID: d.String()})
		}
	}
}

func (s *team) editRequirement(n *Node, d id.Doc) {
	switch s.rnd.IntN(4) {
	case 0:
		s.set(n, d, "threshold", fmt.Sprint(float64(s.rnd.IntN(5))/4))
	case 1:
		s.set(n, d, "title", s.word())
	case 2:
		s.set(n, d, "notes", s.word()+" "+s.word()+" "+s.word())
	default:
		shown := Do(n, app.ShowDoc, app.DocRequest{ID: d.String()})
		for field, values := range shown.Conflicts {
			choice := fmt.Sprint(1 + s.rnd.IntN(len(values)))
			Do(n, app.ResolveConflict, app.ResolveRequest{ID: d.String(), Field: field, Choice: choice})
			return
		}
	}
}

func (s *team) set(n *Node, d id.Doc, field, value string) {
	s.t.Helper()
	_, err := app.SetField.Do(s.t.Context(), n.App, app.SetFieldRequest{ID: d.String(), Field: field, Value: value})
	if err != nil && fault.KindOf(err) != fault.Invalid {
		s.t.Fatalf("set %s of %s to %q: %v", field, d, value, err)
	}
}

// pick draws a document of a kind that n has.
func (s *team) pick(n *Node, kind *noun.Kind) (id.Doc, bool) {
	page, err := n.Index().List(index.Query{Noun: kind.Number, Trashed: index.WithTrashed, Limit: 500})
	if err != nil {
		s.t.Fatalf("list %s: %v", kind.Name, err)
	}
	if len(page.Rows) == 0 {
		return id.Doc{}, false
	}
	return page.Rows[s.rnd.IntN(len(page.Rows))].ID, true
}

func sortLogs(logs []id.Log) { slices.SortFunc(logs, id.Log.Compare) }
