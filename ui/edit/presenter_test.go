package edit_test

import (
	"testing"

	"cairn/core/fault"
	"cairn/ui/edit"
	"cairn/ui/saving"
)

func TestWhatIsTypedIsStoredTogether(t *testing.T) {
	e, s, line, _ := begun(t)
	if got := shown(e, "doc1", "share"); got != "80 %" {
		t.Errorf("share = %q, want it as it is shown", got)
	}
	e.Type("doc1", "share", "85 %")
	e.Type("doc1", "users", "a\n\n c \n")
	e.Edit("doc1", "notes", "Measured in March.", "Measured in March, twice.")
	if got := line.State.Get().Phase; got != saving.Pending {
		t.Errorf("phase = %d before the pause, want pending", got)
	}
	e.Save(t.Context())
	want := map[string]string{"title": "Find churners", "share": "85", "notes": "Measured in March, twice.", "users": `["a","c"]`}
	for field, text := range want {
		if got := s.docs[0].Fields[field]; got != text {
			t.Errorf("%s is stored as %q, want %q", field, got, text)
		}
	}
	if s.writes != 1 || line.State.Get().Phase != saving.Saved {
		t.Errorf("%d writes, phase %d; want one, saved", s.writes, line.State.Get().Phase)
	}
	if got := shown(e, "doc1", "users"); got != "a\nc" {
		t.Errorf("users = %q after saving", got)
	}
}

func TestWhatIsWrongIsHeldAndTheRestIsStored(t *testing.T) {
	e, s, line, _ := begun(t)
	e.Type("doc1", "share", "most")
	e.Type("doc1", "title", "Find them")
	e.Save(t.Context())
	st := e.State.Get()
	if d, _ := st.Doc("doc1"); d.Problems["share"] == "" || d.Fields["share"] != "most" {
		t.Errorf("share = %q with problem %q", d.Fields["share"], d.Problems["share"])
	}
	if s.docs[0].Fields["title"] != "Find them" || s.docs[0].Fields["share"] != "80" {
		t.Errorf("stored %v", s.docs[0].Fields)
	}
	if got := line.State.Get().Phase; got != saving.Held {
		t.Errorf("phase = %d, want held", got)
	}
	e.Type("doc1", "share", "80 %") // as it was
	if got := line.State.Get().Phase; got != saving.Saved {
		t.Errorf("phase = %d after typing it back, want saved", got)
	}
}

func TestANewOneIsStoredOnceItHasItsName(t *testing.T) {
	e, s, line, past := begun(t)
	e.Add(map[string]string{"share": "50"})
	e.Save(t.Context())
	if len(s.docs) != 1 || line.State.Get().Phase == saving.Failed {
		t.Fatalf("%d documents before there is a title", len(s.docs))
	}
	e.Type(edit.New, "title", "Fast")
	s.during = func() { e.Type(edit.New, "title", "Fast answers") } // typed on while it is stored
	e.Save(t.Context())
	if st := e.State.Get(); st.Selected != "doc2" || len(st.Docs) != 2 || shown(e, "doc2", "title") != "Fast answers" {
		t.Fatalf("selected %q of %d documents, title %q", st.Selected, len(st.Docs), shown(e, "doc2", "title"))
	}
	e.Save(t.Context())
	if len(s.docs) != 2 || s.docs[1].Fields["title"] != "Fast answers" || s.docs[1].Fields["share"] != "50" {
		t.Errorf("stored %+v", s.docs)
	}
	for range 2 {
		if _, err := past.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !s.trashed["doc2"] {
		t.Error("adding was not taken back")
	}
}

func TestTheOneDocumentBeginsByTyping(t *testing.T) {
	s := &shelf{trashed: map[string]bool{}}
	single := edit.Rules{Kind: "charter", Single: true, Prose: []string{"problem"}}
	e := edit.NewEditor("p", single, s, &saving.Line{}, nil)
	e.Load(t.Context())
	if got := e.State.Get().Selected; got != edit.New {
		t.Fatalf("selected = %q, want a new one", got)
	}
	e.Edit(edit.New, "problem", "", "They leave.")
	s.docs = []edit.Document{{ID: "doc1", Fields: map[string]string{"problem": "Why?"}}} // a teammate was faster
	e.Load(t.Context())
	e.Save(t.Context())
	if got := s.docs[0].Fields["problem"]; len(s.docs) != 1 || got != "Why?They leave." {
		t.Errorf("%d documents, problem %q, want both people's words", len(s.docs), got)
	}
}

func TestATeammatesWordsArriveWhileOneTypes(t *testing.T) {
	e, s, _, _ := begun(t)
	e.Edit("doc1", "notes", "Measured in March.", "Measured in March, twice.")
	s.docs[0].Fields["notes"] = "Always measured in March."
	s.docs[0].Fields["title"] = "Theirs"
	e.Load(t.Context())
	if got := shown(e, "doc1", "notes"); got != "Always measured in March, twice." {
		t.Errorf("notes = %q", got)
	}
	if got := shown(e, "doc1", "title"); got != "Theirs" {
		t.Errorf("title = %q: a field that nobody types in follows", got)
	}
	// The entry has not drawn that yet when the next key comes.
	e.Edit("doc1", "notes", "Measured in March, twice.", "Measured in March, twice!")
	e.Save(t.Context())
	if got := s.docs[0].Fields["notes"]; got != "Always measured in March, twice!" {
		t.Errorf("stored %q", got)
	}
}

func TestWhatFailsIsSaidAndKept(t *testing.T) {
	e, s, line, _ := begun(t)
	e.Type("doc1", "title", "Find them")
	s.broken = fault.New(fault.Full, "The disk is full.", "Make room.")
	e.Save(t.Context())
	if got := line.State.Get(); got.Phase != saving.Failed || got.Message != "The disk is full." {
		t.Errorf("line = %+v", got)
	}
	s.broken = nil
	e.Save(t.Context())
	if got := s.docs[0].Fields["title"]; got != "Find them" || line.State.Get().Phase != saving.Saved {
		t.Errorf("title = %q, phase %d", got, line.State.Get().Phase)
	}
}

func TestTrashedByATeammateMeanwhile(t *testing.T) {
	e, s, line, _ := begun(t)
	e.Edit("doc1", "notes", "Measured in March.", "Measured in May.")
	s.trashed["doc1"] = true
	e.Load(t.Context())
	e.Save(t.Context())
	st := e.State.Get()
	if d := st.Current(); !d.Gone || d.Fields["notes"] != "Measured in May." || s.writes != 0 || line.State.Get().Phase != saving.Held {
		t.Fatalf("document %+v after %d writes, phase %d", d, s.writes, line.State.Get().Phase)
	}
	e.Restore(t.Context(), "doc1")
	if s.trashed["doc1"] || s.docs[0].Fields["notes"] != "Measured in May." {
		t.Errorf("trashed %v, stored %q", s.trashed["doc1"], s.docs[0].Fields["notes"])
	}
}

func TestUndoWritesWhatStoodThere(t *testing.T) {
	e, s, _, past := begun(t)
	e.Type("doc1", "share", "90 %")
	e.Edit("doc1", "notes", "Measured in March.", "Measured in May.")
	e.Save(t.Context())
	s.docs[0].Fields["notes"] = "Measured in May. By Ben."
	if _, err := past.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.docs[0].Fields; got["share"] != "80" || got["notes"] != "Measured in March. By Ben." {
		t.Errorf("stored %v after undo, want the old share and Ben's words", got)
	}
	if _, err := past.Redo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.docs[0].Fields; got["share"] != "90" || got["notes"] != "Measured in May. By Ben." {
		t.Errorf("stored %v after redo", got)
	}
	s.docs[0].Fields["share"] = "70" // Ben's
	if _, err := past.Undo(t.Context()); fault.KindOf(err) != fault.Conflict || s.docs[0].Fields["share"] != "70" {
		t.Errorf("undo over Ben's number: %v, share %q", err, s.docs[0].Fields["share"])
	}
}

func TestConflictIsSettled(t *testing.T) {
	e, s, _, _ := begun(t)
	s.docs[0].Conflicts = map[string][]edit.Version{"share": {{Text: "75", By: "Ben"}, {Text: "85", By: "Ada"}}}
	e.Load(t.Context())
	st := e.State.Get()
	if st.Decisions() != 1 {
		t.Fatalf("%d decisions, want 1", st.Decisions())
	}
	e.Resolve(t.Context(), "doc1", "share", 0, "78 %")
	if st = e.State.Get(); s.docs[0].Fields["share"] != "78" || st.Decisions() != 0 {
		t.Errorf("stored %q with %d decisions", s.docs[0].Fields["share"], st.Decisions())
	}
}

func TestReadOnlyTakesNothing(t *testing.T) {
	e, s, line, _ := begun(t)
	s.docs[0].ReadOnly = true
	e.Load(t.Context())
	e.Type("doc1", "title", "Mine")
	e.Save(t.Context())
	if got := shown(e, "doc1", "title"); got != "Find churners" || line.State.Get().Phase != saving.Saved {
		t.Errorf("title = %q, phase %d", got, line.State.Get().Phase)
	}
}
