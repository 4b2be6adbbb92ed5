package window

import (
	"testing"
	"time"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/value"
	"cairn/ui/welcome"
)

// held returns a session whose folder this process holds.
func held(t *testing.T) (*session, *apptest.Node) {
	t.Helper()
	n := apptest.Found(t, 1)
	s := &session{opts: n.Options, app: n.App}
	return s, n
}

func TestFolderWithoutWorkspaceIsFounded(t *testing.T) {
	s := &session{opts: app.Options{Dir: t.TempDir() + "/new", Log: apptest.Found(t, 2).Options.Log, Now: time.Now, Rand: apptest.NewRandom(3), Keys: app.KeysFile, Installs: t.TempDir()}}
	if err := s.open(t.Context()); fault.KindOf(err) != fault.NotFound {
		t.Fatalf("open = %v, want that there is none", err)
	}
	if err := s.Found(t.Context(), welcome.Founding{Workspace: "Acme", Person: "Ada", Roles: []string{"data scientist"}}); err != nil {
		t.Fatal(err)
	}
	who, err := s.Whoami(t.Context())
	if err != nil || who.Workspace != "Acme" || who.Person != "Ada" || len(who.Roles) != 1 {
		t.Errorf("who = %+v, %v", who, err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

// TestWindowBesideANode has another process hold the folder: the same use cases
// go over its loopback face.
func TestWindowBesideANode(t *testing.T) {
	_, n := held(t)
	server, err := node.Serve(t.Context(), n.App, "127.0.0.1:0", n.Options.Log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(t.Context()) })
	s := &session{opts: n.Options}
	if err := s.open(t.Context()); err != nil || s.app != nil {
		t.Fatalf("open = %v, holds the folder itself: %v", err, s.app != nil)
	}
	works(t, s)
}

func TestWindowHoldsTheFolder(t *testing.T) {
	s, _ := held(t)
	works(t, s)
}

// works goes through what the pages ask for.
func works(t *testing.T, s *session) {
	t.Helper()
	ctx := t.Context()
	project, err := s.CreateProject(ctx, "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Find(ctx, project, ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a model before there is one: %v", err)
	}
	p := value.NewPresenter(project, s, &saving.Line{}, nil, time.Now)
	p.Load(ctx)
	p.Begin(ctx, "churn")
	p.Type(value.Key{Of: "variable", Name: "churners"}, "1,200")
	p.Save(ctx)
	if got := p.State.Get(); got.Result.Value != "$3,840" || got.Stage != value.Ready {
		t.Errorf("value = %s at stage %d", got.Result.Value, got.Stage)
	}
	docs := documents{s}
	id, err := docs.Create(ctx, project, "requirement", map[string]string{"title": "Find churners", "metric": "recall", "comparison": ">=", "threshold": "0.8"})
	if err != nil {
		t.Fatal(err)
	}
	people, err := docs.People(ctx)
	if err != nil || len(people) != 1 {
		t.Fatalf("people %+v, %v", people, err)
	}
	if err := docs.Change(ctx, id, map[string]string{"unit": "%", "owner": people[0].ID}, nil); err != nil {
		t.Fatal(err)
	}
	listed, err := docs.Documents(ctx, project, "requirement")
	if err != nil || len(listed) != 1 || listed[0].Fields["threshold"] != "0.8" || listed[0].Fields["owner"] != people[0].ID || listed[0].By != people[0].Name || listed[0].ReadOnly {
		t.Errorf("listed %+v, %v", listed, err)
	}
	if err := docs.Change(ctx, id, map[string]string{"threshold": ""}, nil); err != nil {
		t.Errorf("no threshold any more: %v", err)
	}
	cards, err := s.Cards(ctx)
	if err != nil || len(cards) != 1 || cards[0].Model == nil || cards[0].Requirements != 1 || cards[0].Measurable != 0 {
		t.Errorf("cards = %+v, %v", cards, err)
	}
	marks, err := s.Marks(ctx, project)
	if err != nil || marks[shell.Value] == shell.NotStarted || marks[shell.Requirements] == shell.NotStarted || marks[shell.Sources] != shell.NotStarted {
		t.Errorf("marks = %+v, %v", marks, err)
	}
	if found, err := s.Documents(ctx, project); err != nil || len(found) != 1 || found[0].Name != "Find churners" || found[0].Page != shell.Requirements {
		t.Errorf("documents = %+v, %v", found, err)
	}
	discusses(t, s, project, id)
	remembers(t, s, project, id)
	happens(t, s, project, id)
	fills(t, s, project, id)
	if err := docs.Trash(ctx, id, true); err != nil {
		t.Fatal(err)
	}
	if listed, _ := docs.Documents(ctx, project, "requirement"); len(listed) != 0 {
		t.Errorf("%d listed after the trash", len(listed))
	}
}

// TestTwoPeopleChangeOneModel merges edits of two devices: numbers side by side,
// formulas as a conflict that the window settles.
func TestTwoPeopleChangeOneModel(t *testing.T) {
	s, n := held(t)
	ctx := t.Context()
	project, err := s.CreateProject(ctx, "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	mine := value.NewPresenter(project, s, &saving.Line{}, nil, time.Now)
	mine.Load(ctx)
	mine.Begin(ctx, "churn")
	other := apptest.Join(t, 5, n, "Jisoo", member.Contributor)
	theirs := value.NewPresenter(project, &session{opts: other.Options, app: other.App}, &saving.Line{}, nil, time.Now)
	theirs.Load(ctx)

	mine.Type(value.Key{Of: "variable", Name: "churners"}, "1,200")
	mine.Type(value.Key{Of: "formula", Part: value.Text}, "kept * discounted_price * 0.5")
	mine.Save(ctx)
	theirs.Type(value.Key{Of: "variable", Name: "discounted_price"}, "9")
	theirs.Type(value.Key{Of: "formula", Part: value.Text}, "kept * discounted_price * 2")
	theirs.Save(ctx)
	apptest.Settle(n, other)
	mine.Load(ctx)
	st := mine.State.Get()
	if len(st.Conflicts) != 1 || len(st.Conflicts[0].Versions) != 2 {
		t.Fatalf("conflicts = %+v, want two formulas", st.Conflicts)
	}
	choice := 1
	if st.Conflicts[0].Versions[1].Text == "kept * discounted_price * 2" {
		choice = 2
	}
	mine.Resolve(ctx, "formula", choice, "")
	// 1,200 × 80 % × 50 % × $9 × 2
	if got := mine.State.Get(); got.Result.Value != "$8,640" || len(got.Conflicts) != 0 {
		t.Errorf("value = %s with %d conflicts", got.Result.Value, len(got.Conflicts))
	}
}
