package doc_test

import (
	"errors"
	"testing"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

func TestDescribeSaysWhatHappened(t *testing.T) {
	ops, names := history(t)
	field := func(number uint16, fam doc.Family) doc.Field { return doc.Field{Number: number, Family: fam} }
	register, multi := field(fieldRegister, doc.FamilyRegister), field(fieldMulti, doc.FamilyMulti)
	set, counter := field(fieldSet, doc.FamilySet), field(fieldCounter, doc.FamilyCounter)
	list, prose := field(fieldList, doc.FamilyList), field(fieldText, doc.FamilyText)
	first := ops[7].ID // the operation that inserts the item
	want := []doc.Entry{
		{Field: register, Action: doc.ActionSet, Value: doc.Int(7)},
		{Field: multi, Action: doc.ActionSet, Value: doc.String("a")},
		{Field: multi, Action: doc.ActionSet, Value: doc.String("b")},
		{Field: set, Action: doc.ActionAdd, Value: doc.String("tag")},
		{Field: set, Action: doc.ActionAdd, Value: doc.String("gone")},
		{Field: set, Action: doc.ActionRemove, Value: doc.String("gone")},
		{Field: counter, Action: doc.ActionAdd, Value: doc.Int(-3)},
		{Field: list, Action: doc.ActionInsert, Value: doc.String("x"), Item: first},
		{Field: list, Action: doc.ActionInsert, Value: doc.String("y"), Item: ops[8].ID},
		{Field: list, Action: doc.ActionSet, Value: doc.String("z"), Item: first},
		{Field: list, Action: doc.ActionMove, Item: first},
		{Field: list, Action: doc.ActionRemove, Item: first},
		{Field: list, Action: doc.ActionRestore, Item: first},
		{Field: prose, Action: doc.ActionInsert, Text: "Hallo", Runes: 5},
		{Field: prose, Action: doc.ActionInsert, Text: " 🙂", Runes: 2},
		{Field: prose, Action: doc.ActionDelete, Runes: 3},
		{Action: doc.ActionTrash},
		{Action: doc.ActionRestore},
	}
	if len(ops) != len(want) {
		t.Fatalf("%d operations, %d descriptions", len(ops), len(want))
	}
	for i, op := range ops {
		got, err := doc.Describe(op)
		if err != nil || got != want[i] {
			t.Errorf("%s: %+v, %v; want %+v", names[i], got, err, want[i])
		}
	}
}

func TestDescribeOfALaterKind(t *testing.T) {
	for _, kind := range []oplog.Kind{0, 0x7f, oplog.Critical, 0xff} {
		got, err := doc.Describe(opOf(logA, 0, kind, 4, []byte("?")))
		if want := (doc.Entry{Field: doc.Field{Number: 4}}); err != nil || got != want {
			t.Errorf("kind %d: %+v, %v; want %+v", kind, got, err, want)
		}
	}
	if got, want := doc.ActionUnknown.String()+", "+doc.Action(200).String(), "unknown, unknown"; got != want {
		t.Errorf("names of unknown actions %q, want %q", got, want)
	}
}

// An operation that can't be read has no effect and no description.
func TestMalformedPayloads(t *testing.T) {
	dot := string(id.Log{Device: 1}.Append(nil)) + "\x05"
	for name, c := range map[string]struct {
		kind    oplog.Kind
		payload string
	}{
		"set nothing":                  {doc.KindSet, ""},
		"set two values":               {doc.KindSet, "\x00\x00"},
		"set a long zero":              {doc.KindSet, "\x03\x80\x00"},
		"set a number cut short":       {doc.KindSet, "\x03\x80"},
		"set a short float":            {doc.KindSet, "\x04\x00"},
		"set NaN":                      {doc.KindSet, "\x04\x7f\xf8\x00\x00\x00\x00\x00\x01"},
		"set -0":                       {doc.KindSet, "\x04\x80\x00\x00\x00\x00\x00\x00\x00"},
		"set what is not UTF-8":        {doc.KindSet, "\x05\xff"},
		"set half a reference":         {doc.KindSet, "\x07abc"},
		"set a list that is cut short": {doc.KindSet, "\x09\x05\x01"},
		"set a list of nothing":        {doc.KindSet, "\x09\x00"},
		"set a record out of order":    {doc.KindSet, "\x0a\x01b\x01\x00\x01a\x01\x00"},
		"set a record with a name twice": {
			doc.KindSet, "\x0a\x01a\x01\x00\x01a\x01\x00",
		},
		"put over more than there is":  {doc.KindPut, "\x02" + dot + "\x00"},
		"put without a value":          {doc.KindPut, "\x00"},
		"remove billions":              {doc.KindRemove, "\xff\xff\xff\xff\x0f\x00"},
		"count in long form":           {doc.KindCount, "\x82\x00"},
		"count and more":               {doc.KindCount, "\x02\x02"},
		"count beyond 64 bits":         {doc.KindCount, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"},
		"insert an item without a key": {doc.KindInsertItem, "\x00\x00"},
		"insert an item at 0":          {doc.KindInsertItem, "\x010\x00"},
		"move an item nowhere":         {doc.KindMoveItem, dot},
		"move an item to a blank":      {doc.KindMoveItem, dot + " "},
		"set the value of no item":     {doc.KindSetItem, "\x00"},
		"drop an item twice":           {doc.KindDropItem, dot + "\x02"},
		"drop an item, and more":       {doc.KindDropItem, dot + "\x01\x01"},
		"insert no text":               {doc.KindInsertText, ""},
		"delete billions":              {doc.KindDeleteText, "\xff\xff\xff\xff\x0f"},
		"life that is a number":        {doc.KindLife, "\x03\x02"},
	} {
		t.Run(name, func(t *testing.T) {
			op := opOf(logA, 0, c.kind, 1, []byte(c.payload))
			if got, err := doc.Describe(op); !errors.Is(err, doc.ErrMalformed) {
				t.Errorf("Describe: %+v, %v; want ErrMalformed", got, err)
			}
			d := doc.New(docName)
			if err := d.Apply(op); !errors.Is(err, doc.ErrMalformed) {
				t.Errorf("Apply: %v, want ErrMalformed", err)
			}
			if len(d.Fields()) > 0 || d.Seen(logA) != 1 || d.Trashed() {
				t.Errorf("it left fields %v, seen %d, trashed %v; want only that it was seen", d.Fields(), d.Seen(logA), d.Trashed())
			}
		})
	}
}

func TestOperationWithoutALogIsRefused(t *testing.T) {
	d := doc.New(docName)
	if err := d.Apply(opOf(id.Log{}, 0, doc.KindCount, 1, []byte{2})); !errors.Is(err, doc.ErrMalformed) {
		t.Errorf("Apply: %v, want ErrMalformed", err)
	}
	if len(d.Logs()) > 0 {
		t.Errorf("logs %v, want none", d.Logs())
	}
}

// TestOverwritesNamesWhatAnAuthorSaw settles a conflict, and then writes again.
func TestOverwritesNamesWhatAnAuthorSaw(t *testing.T) {
	ops, _ := history(t)
	for i, op := range ops {
		got := doc.Overwrites(op)
		if op.Kind != doc.KindPut {
			if got != nil {
				t.Errorf("operation %d, which is no put, overwrites %v", i, got)
			}
			continue
		}
		for _, name := range got {
			if name == op.ID || name.Log.IsZero() {
				t.Errorf("operation %d overwrites %v", i, name)
			}
		}
	}
	d := doc.New(ops[0].Doc)
	for _, op := range ops {
		_ = d.Apply(op) // in its order; what has no effect has none here either
	}
	values := d.Multi(fieldMulti)
	put := d.Put(fieldMulti, doc.String("settled")).At(doc.Version{At: 1 << 60, By: id.Op{Log: logA, Seq: 1 << 20}})
	got := doc.Overwrites(put)
	if len(values) == 0 || len(got) != len(values) || got[0] != values[0].By {
		t.Errorf("Overwrites = %v, want those behind %v", got, values)
	}
	put.Payload = []byte{0xff}
	if got := doc.Overwrites(put); got != nil {
		t.Errorf("what can't be read overwrites %v", got)
	}
}
