package feed

import (
	"cairn/core/doc"
	"cairn/core/sentence"
)

// Parts tells two states of a list or set apart, element by element: those that
// came, those that went, and the records of one name that changed. Details have
// no field; one whose Part is empty has no short form.
func (t Teller) Parts(before, after doc.Value) []Detail {
	old := map[string][]doc.Value{}
	for _, v := range before.Items() {
		k := t.partKey(v)
		old[k] = append(old[k], v)
	}
	out := []Detail{}
	for _, v := range after.Items() {
		k := t.partKey(v)
		if len(old[k]) == 0 {
			out = append(out, t.part(v, DeedAdded))
			continue
		}
		was := old[k][0]
		old[k] = old[k][1:]
		if was != v {
			d := t.part(v, DeedSet)
			d.From, _ = t.Short(was.Fields()["value"])
			d.To, _ = t.Short(v.Fields()["value"])
			if d.From.Text == d.To.Text {
				d.From, d.To = sentence.Arg{}, sentence.Arg{}
			}
			out = append(out, d)
		}
	}
	for _, v := range before.Items() {
		if k := t.partKey(v); len(old[k]) > 0 {
			old[k] = old[k][1:]
			out = append(out, t.part(v, DeedRemoved))
		}
	}
	return out
}

// partKey returns what makes an element the same one in both states: a record's
// name, or all of any other.
func (t Teller) partKey(v doc.Value) string {
	if s, ok := v.Fields()["name"].AsString(); ok {
		return s
	}
	return v.String()
}

func (t Teller) part(v doc.Value, deed Deed) Detail {
	p, _ := t.Short(v)
	return Detail{Part: p.Text, Action: deed}
}
