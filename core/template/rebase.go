package template

import (
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// Rebase returns what a template is after two people have changed base apart, one
// to mine and one to theirs, as Assign merges them: for forms that hold what is
// typed when a teammate's work arrives.
func Rebase(base, mine, theirs Template) Template {
	d := doc.New(id.Doc{})
	log, seq := id.Log{Device: 1}, uint64(0) // of nobody: what is written here goes nowhere
	pen := noun.Pen{Doc: d, Log: log, Jitter: func() uint32 { return 0 }, Apply: func(c doc.Change) error {
		c.Noun = noun.Templates.Number
		seq++
		return d.Apply(c.At(doc.Version{At: clock.Stamp(seq), By: id.Op{Log: log, Seq: seq - 1}}))
	}}
	if Assign(pen, Template{}, theirs) != nil || Assign(pen, base, mine) != nil {
		return mine // nothing that was typed is lost when something is too large to merge
	}
	return View(d)
}
