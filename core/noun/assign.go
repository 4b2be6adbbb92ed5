package noun

import (
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/text"
)

// Pen writes changes to one document. Every change has been applied to the
// document when apply returns, so the next is planned on what it left.
type Pen struct {
	Doc    *doc.Doc
	Log    id.Log // where the changes will go
	Jitter func() uint32
	Apply  func(doc.Change) error
}

// Assign makes the field hold v with the fewest changes: only what differs is
// written, so what a teammate changes elsewhere in the same text, set or list
// is kept. Null empties the field; a counter grows by v. The error is that of
// Field.Check, or of Apply, after which some of the changes may be made.
func (p Pen) Assign(f Field, v doc.Value) error {
	if err := f.Check(v); err != nil {
		return err
	}
	switch f.Family {
	case doc.FamilyRegister:
		if old, _ := p.Doc.Register(f.Number); old.Value == v {
			return nil
		}
		return p.Apply(p.Doc.SetRegister(f.Number, v))
	case doc.FamilyMulti:
		if p.shows(f, v) {
			return nil
		}
		return p.Apply(p.Doc.Put(f.Number, v))
	case doc.FamilySet:
		return p.assignSet(f, v.Items())
	case doc.FamilyCounter:
		n, _ := v.AsInt()
		if n == 0 {
			return nil
		}
		return p.Apply(p.Doc.Count(f.Number, n))
	case doc.FamilyList:
		return p.assignList(f, v.Items())
	default:
		s, _ := v.AsString()
		return p.assignText(f, s)
	}
}

// shows reports whether the multi-value register holds v and nothing else.
func (p Pen) shows(f Field, v doc.Value) bool {
	values := p.Doc.Multi(f.Number)
	for _, old := range values {
		if old.Value != v {
			return false
		}
	}
	return len(values) > 0 || v.IsNull()
}

func (p Pen) assignSet(f Field, want []doc.Value) error {
	missing := make(map[doc.Value]bool, len(want))
	for _, v := range want {
		missing[v] = true
	}
	for _, v := range p.Doc.Set(f.Number) {
		if missing[v] {
			delete(missing, v)
			continue
		}
		if err := p.Apply(p.Doc.Remove(f.Number, v)); err != nil {
			return err
		}
	}
	for _, v := range want {
		if !missing[v] {
			continue
		}
		delete(missing, v)
		if err := p.Apply(p.Doc.Add(f.Number, v)); err != nil {
			return err
		}
	}
	return nil
}

func (p Pen) assignText(f Field, want string) error {
	for _, e := range text.Diff(p.Doc.Text(f.Number), want) {
		if e.Deleted > 0 {
			change, err := p.Doc.DeleteText(f.Number, p.Log, e.Pos, e.Deleted)
			if err == nil {
				err = p.Apply(change)
			}
			if err != nil {
				return err
			}
		}
		if e.Inserted == "" {
			continue
		}
		change, err := p.Doc.InsertText(f.Number, p.Log, e.Pos, e.Inserted)
		if err == nil {
			err = p.Apply(change)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
