package edit

import (
	"context"
	"maps"
	"slices"
	"sync"

	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Editor holds the documents of one kind in one project, and what is typed into
// them. It knows nothing of the toolkit and is safe on any goroutine.
type Editor struct {
	State observe.Value[State]

	rules   Rules
	project string
	source  Source
	line    *saving.Line
	past    *undo.Past
	name    string // among those who save

	writing  sync.Mutex // held while something is written
	mu       sync.Mutex
	version  uint64
	loaded   bool
	broken   error
	failed   error // why the latest save did not work
	stored   map[string]Document
	order    []string // IDs, New last
	docs     map[string]Doc
	selected string
	born     string // the ID of what was New, for what is typed before the screen knows it
	gone     map[string]bool
	drafts   map[string]map[string]draft // ID → field
}

// NewEditor returns an editor that tells line whether all is saved, and past what
// it did. Load fills it.
func NewEditor(project string, rules Rules, source Source, line *saving.Line, past *undo.Past) *Editor {
	return &Editor{
		rules: rules, project: project, source: source, line: line, past: past, name: rules.Kind + " " + project,
		stored: map[string]Document{}, docs: map[string]Doc{}, gone: map[string]bool{}, drafts: map[string]map[string]draft{},
	}
}

// Load reads the documents as they are now. What is being typed stays, and takes
// in what others wrote around it.
func (e *Editor) Load(ctx context.Context) {
	found, err := e.source.Documents(ctx, e.project, e.rules.Kind)
	e.change(func() {
		e.loaded, e.broken = true, err
		if err != nil {
			return
		}
		e.take(found)
	})
}

// take makes the documents found those that are stored. The caller holds mu.
func (e *Editor) take(found []Document) {
	now := make(map[string]Document, len(found))
	e.order = e.order[:0]
	for _, d := range found {
		now[d.ID] = d
		e.order = append(e.order, d.ID)
		e.rebase(d)
	}
	e.gone = map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(e.drafts)) {
		if _, ok := now[id]; !ok && id != New {
			e.gone[id], now[id] = true, e.stored[id]
			e.order = append(e.order, id)
		}
	}
	if e.drafts[New] != nil {
		if e.rules.Single && len(found) > 0 { // somebody else began the one there is
			e.inherit(found[0].ID)
		} else {
			e.order = append(e.order, New)
		}
	}
	e.stored = now
	e.docs = make(map[string]Doc, len(e.order))
	for _, id := range e.order {
		e.docs[id] = e.doc(id)
	}
	e.choose()
}

// choose keeps something selected that there is.
func (e *Editor) choose() {
	switch {
	case slices.Contains(e.order, e.selected):
	case len(e.order) > 0:
		e.selected = e.order[0]
	case e.rules.Single:
		e.selected = New
	default:
		e.selected = ""
	}
}

// Refresh shows the same in the language that is spoken now.
func (e *Editor) Refresh() {
	e.change(func() {
		for _, id := range e.order {
			e.docs[id] = e.doc(id)
		}
	})
}

// Select shows one of the documents.
func (e *Editor) Select(id string) { e.change(func() { e.selected = id }) }

// Add shows a new document, with fields that are filled in already. It is stored
// once Rules.Named is typed.
func (e *Editor) Add(fields map[string]string) {
	e.change(func() {
		e.selected, e.born = New, ""
		if e.drafts[New] != nil {
			return
		}
		e.drafts[New] = map[string]draft{}
		for field, text := range fields {
			e.drafts[New][field] = draft{text: text}
		}
		e.order = append(e.order, New)
		e.docs[New] = e.doc(New)
	})
}

// change changes what the editor holds and publishes what follows.
func (e *Editor) change(do func()) {
	e.mu.Lock()
	do()
	e.version++
	version := e.version
	s := State{Loaded: e.loaded, Selected: e.selected, Docs: make([]Doc, 0, len(e.order))}
	for _, id := range e.order {
		s.Docs = append(s.Docs, e.docs[id])
	}
	if e.broken != nil {
		s.Problem = words.Fault(e.broken)
	}
	e.mu.Unlock()
	e.State.Put(version, s)
}

// doc returns a document as it is shown. The caller holds mu.
func (e *Editor) doc(id string) Doc {
	of := e.stored[id]
	d := Doc{ID: id, Conflicts: of.Conflicts, ReadOnly: of.ReadOnly, Gone: e.gone[id], By: of.By, At: of.At, Fields: make(map[string]string, len(of.Fields)+len(e.drafts[id]))}
	for field := range of.Fields {
		d.Fields[field] = e.rules.show(of.Fields, field)
	}
	for field, typed := range e.drafts[id] {
		d.Fields[field] = typed.text
	}
	if e.rules.Check != nil {
		d.wrong = e.rules.Check(d.Fields)
		d.Problems = d.wrong
	}
	if e.rules.Missing != nil {
		d.Problems = e.rules.Missing(d.Fields)
		maps.Copy(d.Problems, d.wrong)
	}
	return d
}
