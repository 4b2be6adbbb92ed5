package edit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"cairn/core/text"
)

// draft is what is typed into a field and not stored. Base is what was stored
// there when typing began, as it was shown.
type draft struct{ base, text string }

// Type takes what stands in a field now. Save stores it.
func (e *Editor) Type(id, field, typed string) {
	e.typed(id, field, func(string) string { return typed })
}

// Edit takes a change that was made in a field of prose. What stands there may
// have become another than before, by an edit that arrived while the person
// typed: both are kept.
func (e *Editor) Edit(id, field, before, after string) {
	e.typed(id, field, func(now string) string { return text.Rebase(before, after, now) })
}

func (e *Editor) typed(id, field string, turn func(now string) string) {
	held := true
	e.change(func() {
		if id == New && e.born != "" {
			id = e.born
		}
		if e.stored[id].ID == "" && id != New || e.stored[id].ReadOnly {
			return
		}
		if e.drafts[id] == nil {
			e.drafts[id] = map[string]draft{}
		}
		if id == New && !slices.Contains(e.order, New) {
			e.order = append(e.order, New)
		}
		d, drafted := e.drafts[id][field]
		if !drafted {
			d.base = e.rules.show(e.stored[id].Fields, field)
			d.text = d.base
		}
		d.text = turn(d.text)
		if e.drafts[id][field] = d; d.text == d.base && id != New {
			delete(e.drafts[id], field)
		}
		if len(e.drafts[id]) == 0 && id != New {
			delete(e.drafts, id)
		}
		e.docs[id] = e.doc(id)
		held = len(e.ready()) == 0
	})
	if held {
		e.tell()
		return
	}
	e.line.Pending(e.name)
}

// rebase makes what is typed into a document stand on what is stored now. The
// caller holds mu.
func (e *Editor) rebase(d Document) {
	for field, typed := range e.drafts[d.ID] {
		now := e.rules.show(d.Fields, field)
		if now != typed.base && e.rules.merges(field) {
			typed.text = text.Rebase(typed.base, typed.text, now)
		}
		typed.base = now
		if e.drafts[d.ID][field] = typed; typed.text == now {
			delete(e.drafts[d.ID], field)
		}
	}
	if len(e.drafts[d.ID]) == 0 {
		delete(e.drafts, d.ID)
	}
}

// inherit gives what is typed into a new document to one that is stored. The
// caller holds mu.
func (e *Editor) inherit(id string) {
	drafts := e.drafts[New]
	delete(e.drafts, New)
	if e.drafts[id] == nil {
		e.drafts[id] = map[string]draft{}
	}
	maps.Copy(e.drafts[id], drafts)
	if e.selected == New {
		e.selected = id
	}
}

// ready returns what is typed and can be stored: ID → field → draft. The caller
// holds mu.
func (e *Editor) ready() map[string]map[string]draft {
	out := map[string]map[string]draft{}
	for id, drafts := range e.drafts {
		d := e.docs[id]
		if e.gone[id] {
			continue // taking it out of the trash is for the person to decide
		}
		if id == New && e.rules.Named != "" && (strings.TrimSpace(d.Fields[e.rules.Named]) == "" || d.wrong[e.rules.Named] != "") {
			continue
		}
		for field, typed := range drafts {
			if d.wrong[field] != "" || id == New && typed.text == "" {
				continue
			}
			if out[id] == nil {
				out[id] = map[string]draft{}
			}
			out[id][field] = typed
		}
	}
	return out
}

// show returns what stands in a field for what is stored.
func (r *Rules) show(stored map[string]string, field string) string {
	switch {
	case slices.Contains(r.Lists, field):
		return Lines(stored[field])
	case r.Show != nil:
		return r.Show(stored, field)
	default:
		return stored[field]
	}
}

// keep returns what to store for what is typed.
func (r *Rules) keep(shown map[string]string, field string) string {
	switch {
	case slices.Contains(r.Lists, field):
		return array(shown[field])
	case r.Store != nil:
		return r.Store(shown, field)
	default:
		return shown[field]
	}
}

// merges reports whether two people's words in a field stand beside each other.
func (r *Rules) merges(field string) bool {
	return slices.Contains(r.Prose, field) || slices.Contains(r.Lists, field)
}

// Lines returns the words of a stored list, each on a line of its own.
func Lines(stored string) string {
	var items []string
	if json.Unmarshal([]byte(stored), &items) != nil {
		return stored
	}
	return strings.Join(items, "\n")
}

// array returns the JSON array of what stands on the lines of text.
func array(text string) string {
	items := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			items = append(items, line)
		}
	}
	raw, err := json.Marshal(items)
	if err != nil {
		return "[]" // strings always have a form in JSON
	}
	return string(raw)
}
