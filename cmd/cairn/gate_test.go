package main

import (
	"bytes"
	"testing"

	"cairn/app"
	"cairn/core/id"
	"cairn/core/thread"
)

// What takes two people, or a later version of Cairn, no script can show.
var unusualGates = []app.Gate{
	{
		Title: "Find churners", Metric: "recall", Demand: "recall >= 0.85", Owner: "Ada", State: thread.Fail,
		Disputed: []thread.Part{thread.PartComparison, thread.PartThreshold}, Sentence: "The threshold is disputed.",
	},
	{Requirement: id.Doc{1}, Unread: true, State: thread.NoData, Sentence: "Update Cairn."},
	{Requirement: id.Doc{2}, Demand: "f1 > 0.5", State: thread.Pass, Sentence: "f1 is above."},
}

func TestUnusualGatesAreListed(t *testing.T) {
	var b bytes.Buffer
	c := &cli{out: &b}
	c.printGates(&b, app.GateList{Gates: unusualGates, NoGates: []app.NoGate{{Requirement: id.Doc{3}, Missing: []thread.Part{thread.PartMetric}}}})
	want := `REQUIREMENT                 ASKS FOR        OWNER
Find churners               recall >= 0.85  Ada    comparison, threshold disputed
01000000000000000000000000                         update Cairn to read it
f1 > 0.5                    f1 > 0.5

Not measurable:
  03000000000000000000000000 (lacks metric)

Note: ` + "`cairn doc conflicts` shows what is disputed, `cairn doc resolve` settles it.\n"
	if b.String() != want {
		t.Errorf("the list is\n%s\nwant\n%s", b.String(), want)
	}
}

func TestUnusualGatesAreEvaluated(t *testing.T) {
	var b bytes.Buffer
	printVerdict(&b, app.GateVerdict{Gates: unusualGates, Notes: []string{"No gate asks for auc."}})
	want := `fail     Find churners
         The threshold is disputed.
no data  01000000000000000000000000
         Update Cairn.
pass     f1 > 0.5
         f1 is above.

Closed: 1 of 3 gates passed.

Note: No gate asks for auc.
Note: ` + "`cairn doc conflicts` shows what is disputed, `cairn doc resolve` settles it.\n"
	if b.String() != want {
		t.Errorf("the verdict is\n%s\nwant\n%s", b.String(), want)
	}
}
