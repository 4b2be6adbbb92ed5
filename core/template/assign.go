package template

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/text"
)

// Assign makes the document of a pen, which is one of noun.Templates, hold want
// where it differs from base, and leaves alone what differs from base only in
// the document: that is what teammates have changed since base was read. A part
// that was changed in a section or field that a teammate has taken out brings it
// back whole. The error is that of the pen.
func Assign(pen noun.Pen, base, want Template) error {
	about, _ := pen.Doc.Plain(fieldOf("about").Key()).AsString()
	for _, line := range []struct{ name, from, to, now string }{
		{"name", base.Name, want.Name, want.Name},
		{"phase", base.Phase, want.Phase, want.Phase},
		{"about", base.About, want.About, text.Rebase(base.About, want.About, about)},
	} {
		if line.from == line.to {
			continue
		}
		value := doc.String(line.now)
		if line.now == "" {
			value = doc.Null
		}
		if err := pen.Assign(fieldOf(line.name), value); err != nil {
			return err
		}
	}
	f := fieldOf("sections")
	w := &writer{pen: pen, list: f.Number, base: parts(base), want: parts(want)}
	w.drop()
	w.change()
	w.order(ofSection, keysOf(base), keysOf(want), id.Op{})
	before := map[string][]string{}
	for _, s := range base.Sections {
		before[s.Key] = append(before[s.Key], fieldKeys(s)...)
	}
	var last id.Op
	for _, s := range want.Sections {
		last = w.order(ofField, before[s.Key], fieldKeys(s), last)
	}
	return w.err
}

// fieldOf returns a field of templates' documents.
func fieldOf(name string) noun.Field {
	f, _ := noun.Templates.Field(name)
	return f
}

func keysOf(t Template) []string {
	var keys []string
	for _, s := range t.Sections {
		if s.Key != "" {
			keys = append(keys, s.Key)
		}
	}
	return keys
}

func fieldKeys(s Section) []string {
	keys := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		keys[i] = f.Key
	}
	return keys
}

// writer changes the list of records. After an error it does nothing more.
type writer struct {
	pen        noun.Pen
	list       uint16
	base, want map[slot]doc.Value
	back       map[slot]bool // sections and fields that are new, or come back
	err        error
}

func (w *writer) apply(change doc.Change) {
	if w.err == nil {
		w.err = w.pen.Apply(change)
	}
}

// items returns the items of the list by what they are about, in order.
func (w *writer) items() map[slot][]doc.Item {
	out := map[slot][]doc.Item{}
	for _, item := range w.pen.Doc.List(w.list) {
		if s, _, ok := slotOf(item.Value); ok {
			out[s] = append(out[s], item)
		}
	}
	return out
}

// drop takes out what is in base and not wanted; with a section or field go all
// of its parts.
func (w *writer) drop() {
	have := w.items()
	for _, s := range sorted(have) {
		_, based := w.base[s]
		_, headed := w.base[s.header()]
		_, wanted := w.want[s]
		_, kept := w.want[s.header()]
		if based && !wanted || headed && !kept {
			for _, item := range have[s] {
				w.apply(w.pen.Doc.DropItem(w.list, item.ID))
			}
		}
	}
}

// change writes the parts that differ. What is new gets its place from order.
func (w *writer) change() {
	have := w.items()
	w.back = map[slot]bool{}
	for _, s := range sorted(w.want) {
		old, based := w.base[s]
		if len(have[s.header()]) == 0 && (!based || old != w.want[s]) {
			w.back[s.header()] = true
		}
	}
	for _, s := range sorted(have) {
		// Parts of what was taken out, which a teammate wrote meanwhile.
		if _, wanted := w.want[s]; w.back[s.header()] && !wanted {
			for _, item := range have[s] {
				w.apply(w.pen.Doc.DropItem(w.list, item.ID))
			}
		}
	}
	for _, s := range sorted(w.want) {
		old, based := w.base[s]
		if s.part != "" && (w.back[s.header()] || !based || old != w.want[s]) {
			w.put(s, have[s])
		}
	}
}

// put makes the only record of s say what is wanted.
func (w *writer) put(s slot, have []doc.Item) {
	record := s.record(w.want[s])
	if len(have) == 0 {
		w.apply(w.pen.Doc.InsertItem(w.list, len(w.pen.Doc.List(w.list)), record, w.pen.Jitter()))
		return
	}
	if have[0].Value != record {
		w.apply(w.pen.Doc.SetItem(w.list, have[0].ID, record))
	}
	for _, item := range have[1:] {
		w.apply(w.pen.Doc.DropItem(w.list, item.ID))
	}
}

// order puts sections, or the fields of one section, from the order they had in
// base into the wanted one. Those that keep their order stay where a teammate may
// have moved them. When none does, the first follows the item last. It returns
// the item of the last of them.
func (w *writer) order(what string, base, want []string, last id.Op) id.Op {
	stay := longest(base, want)
	if len(stay) > 0 {
		last = id.Op{} // which may stand behind those that stay
	}
	for _, key := range want {
		if w.err != nil {
			return last
		}
		s := slot{what, key, ""}
		items := w.pen.Doc.List(w.list)
		at := slices.IndexFunc(items, func(x doc.Item) bool { return x.Value == s.record(doc.Null) })
		switch {
		case at < 0 && w.back[s]:
			w.apply(w.pen.Doc.InsertItem(w.list, after(items, last), s.record(doc.Null), w.pen.Jitter()))
			last = w.pen.Doc.Last().By
			continue
		case at < 0: // a teammate took it out
			continue
		case !stay[key]:
			item := items[at].ID
			items = w.only(items, at)
			if pos := after(slices.Delete(items, at, at+1), last); pos != at {
				w.apply(w.pen.Doc.MoveItem(w.list, item, pos, w.pen.Jitter()))
			}
			last = item
		default:
			last = items[at].ID
		}
	}
	return last
}

// only drops the items behind items[at] that say the same, which else would
// stay behind in its old place. It returns what is left.
func (w *writer) only(items []doc.Item, at int) []doc.Item {
	kept := items[:at+1]
	for _, x := range items[at+1:] {
		if x.Value == items[at].Value {
			w.apply(w.pen.Doc.DropItem(w.list, x.ID))
		} else {
			kept = append(kept, x)
		}
	}
	return kept
}

// after returns the position behind an item, the first for none.
func after(items []doc.Item, last id.Op) int {
	return 1 + slices.IndexFunc(items, func(x doc.Item) bool { return x.ID == last })
}

// longest returns the keys of a longest sequence that stands in both orders.
func longest(base, want []string) map[string]bool {
	at := map[string]int{}
	for i, key := range base {
		at[key] = i
	}
	var common []string
	for _, key := range want {
		if _, ok := at[key]; ok {
			common = append(common, key)
		}
	}
	// length[i] is that of the longest rising sequence that ends in common[i].
	length, before := make([]int, len(common)), make([]int, len(common))
	end := -1
	for i := range common {
		length[i], before[i] = 1, -1
		for j := range i {
			if at[common[j]] < at[common[i]] && length[j]+1 > length[i] {
				length[i], before[i] = length[j]+1, j
			}
		}
		if end < 0 || length[i] > length[end] {
			end = i
		}
	}
	stay := map[string]bool{}
	for ; end >= 0; end = before[end] {
		stay[common[end]] = true
	}
	return stay
}
