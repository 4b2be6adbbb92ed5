package feed

import (
	"cairn/core/doc"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// details returns what changed in e. What every new document has, and what only
// says where it belongs, is left out.
func (t Teller) details(e *Entry, kind *noun.Kind) []Detail {
	out := []Detail{}
	for _, c := range e.Changes {
		f, known := noun.Field{}, false
		if kind != nil {
			f, known = kind.ByNumber(c.Field.Number)
			known = known && f.Family == c.Field.Family
		}
		if !known || f.Name == "project" {
			continue
		}
		out = append(out, t.detail(c, f)...)
	}
	return out
}

func (t Teller) detail(c *Change, f noun.Field) []Detail {
	d := Detail{Field: f.Name, Label: Label(f.Name), Action: DeedSet}
	switch c.Field.Family {
	case doc.FamilyText:
		d.Action, d.Inserted, d.Deleted = DeedWrote, c.Inserted, c.Deleted
		return []Detail{d}
	case doc.FamilySet:
		return t.elements(c, d)
	case doc.FamilyList:
		return []Detail{t.item(c, d)}
	case doc.FamilyCounter:
		d.Action = DeedAdded
		d.To, _ = t.Short(c.Value)
		return []Detail{d}
	default:
		d.To, _ = t.Short(c.Value)
		if c.Known {
			d.From, _ = t.Short(c.Old)
		}
	}
	empty, _ := c.Value.AsString()
	switch {
	case c.Value.IsNull(), c.Value.Type() == doc.TypeString && empty == "":
		d.Action = DeedCleared
	case c.Settled:
		d.Action = DeedSettled
	}
	if d.From.Text == d.To.Text {
		d.From = sentence.Arg{}
	}
	return []Detail{d}
}

// elements returns what came into a set and what left it.
func (t Teller) elements(c *Change, d Detail) []Detail {
	var out []Detail
	each := func(values []doc.Value, deed Deed) {
		for _, v := range values {
			one := d
			one.Action = deed
			p, _ := t.Short(v)
			one.Part = p.Text
			out = append(out, one)
		}
	}
	each(c.Added, DeedAdded)
	each(c.Removed, DeedRemoved)
	return out
}

// item returns what happened to an item of a list.
func (t Teller) item(c *Change, d Detail) Detail {
	named, ok := t.Short(c.Value)
	if !ok {
		named, _ = t.Short(c.Old)
	}
	d.Part = named.Text
	switch c.Action {
	case doc.ActionInsert, doc.ActionRestore:
		d.Action = DeedAdded
	case doc.ActionRemove:
		d.Action = DeedRemoved
	case doc.ActionMove:
		d.Action = DeedMoved
	default: // set
	}
	if now, ok := c.Value.Fields()["value"]; ok && c.Known && d.Action == DeedSet {
		d.To, _ = t.Short(now)
		d.From, _ = t.Short(c.Old.Fields()["value"])
		if d.From.Text == d.To.Text {
			d.From, d.To = sentence.Arg{}, sentence.Arg{}
		}
	}
	return d
}
