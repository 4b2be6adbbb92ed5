package text_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/text"
)

// must applies what was planned.
func must(t *testing.T, x *text.Text) (insert func(text.Insert, error), remove func(text.Delete, error)) {
	t.Helper()
	insert = func(in text.Insert, err error) {
		t.Helper()
		if err == nil {
			err = x.ApplyInsert(in)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	remove = func(del text.Delete, err error) {
		t.Helper()
		if err == nil {
			err = x.ApplyDelete(del)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return insert, remove
}

func TestZeroTextIsReady(t *testing.T) {
	var x text.Text
	if x.Len() != 0 || x.String() != "" || x.Next(self) != 0 {
		t.Errorf("zero text has %d runes, %q, next %d", x.Len(), x.String(), x.Next(self))
	}
	if del, err := x.DeleteAt(0, 0); err != nil || len(del.Spans) != 0 {
		t.Errorf("DeleteAt(0, 0) = %+v, %v", del, err)
	}
	if got := x.Clone().String(); got != "" {
		t.Errorf("clone is %q", got)
	}
	x.Merge(&text.Text{})
	insert, _ := must(t, &x)
	insert(x.InsertAt(self, 0, "ready"))
	if got := x.String(); got != "ready" {
		t.Errorf("text is %q", got)
	}
}

func TestPlanningRefuses(t *testing.T) {
	var x text.Text
	insert, _ := must(t, &x)
	insert(x.InsertAt(self, 0, "été"))
	plan := func(pos int, runes string) error {
		_, err := x.InsertAt(self, pos, runes)
		return err
	}
	remove := func(pos, n int) error {
		_, err := x.DeleteAt(pos, n)
		return err
	}
	_, nobody := x.InsertAt(id.Log{}, 0, "a")
	for name, c := range map[string]struct{ got, want error }{
		"insert before the start": {plan(-1, "a"), text.ErrRange},
		"insert beyond the end":   {plan(4, "a"), text.ErrRange},
		"insert nothing":          {plan(0, ""), text.ErrMalformed},
		"insert no UTF-8":         {plan(0, "\xff"), text.ErrMalformed},
		"insert too much":         {plan(0, strings.Repeat("a", text.MaxInsert+1)), text.ErrTooLong},
		"insert for nobody":       {nobody, text.ErrMalformed},
		"delete before the start": {remove(-1, 1), text.ErrRange},
		"delete beyond the end":   {remove(2, 2), text.ErrRange},
		"delete backwards":        {remove(2, -1), text.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			if !errors.Is(c.got, c.want) {
				t.Errorf("error %v, want %v", c.got, c.want)
			}
		})
	}
	if err := plan(3, strings.Repeat("é", text.MaxInsert/2)); err != nil {
		t.Errorf("insert of as much as may be: %v", err)
	}
}

func TestTextHasALimit(t *testing.T) {
	var x text.Text
	insert, remove := must(t, &x)
	for x.Len() < text.MaxBytes {
		insert(x.InsertAt(self, x.Len()/2, strings.Repeat("a", text.MaxInsert)))
	}
	_, err := x.InsertAt(self, 0, "a")
	if !errors.Is(err, text.ErrFull) || fault.KindOf(err) != fault.Invalid || fault.Hint(err) == "" {
		t.Errorf("insert into a full text = %v", err)
	}
	// What two people wrote together is applied even so.
	if err := x.ApplyInsert(text.Insert{At: text.ID{Log: other}, Runes: "b"}); err != nil {
		t.Errorf("apply to a full text: %v", err)
	}
	remove(x.DeleteAt(0, 2))
	insert(x.InsertAt(self, 0, "a"))
	if got := x.Len(); got != text.MaxBytes {
		t.Errorf("Len() = %d, want %d", got, text.MaxBytes)
	}
	if err := x.Verify(); err != nil {
		t.Error(err)
	}
}

func TestApplyRefuses(t *testing.T) {
	at := func(log id.Log, n uint32) text.ID { return text.ID{Log: log, N: n} }
	del := func(log id.Log, n, length uint32) text.Delete {
		return text.Delete{Spans: []text.Span{{First: at(self, 0), Len: 1}, {First: at(log, n), Len: length}}}
	}
	for name, c := range map[string]struct {
		op   any
		want error
	}{
		"gap in the log":        {text.Insert{At: at(self, 4), Runes: "x"}, text.ErrMissing},
		"left has not come":     {text.Insert{At: at(other, 0), Left: at(self, 3), Runes: "x"}, text.ErrMissing},
		"right has not come":    {text.Insert{At: at(other, 0), Right: at(third, 0), Runes: "x"}, text.ErrMissing},
		"origins the other way": {text.Insert{At: at(other, 0), Left: at(self, 2), Right: at(self, 0), Runes: "x"}, text.ErrMalformed},
		"one origin twice":      {text.Insert{At: at(other, 0), Left: at(self, 1), Right: at(self, 1), Runes: "x"}, text.ErrMalformed},
		"beside itself":         {text.Insert{At: at(self, 3), Left: at(self, 3), Runes: "x"}, text.ErrMalformed},
		"edge with a number":    {text.Insert{At: at(self, 3), Left: at(id.Log{}, 1), Runes: "x"}, text.ErrMalformed},
		"no runes":              {text.Insert{At: at(self, 3)}, text.ErrMalformed},
		"no UTF-8":              {text.Insert{At: at(self, 3), Runes: "\xc3"}, text.ErrMalformed},
		"delete the unknown":    {del(self, 2, 2), text.ErrMissing},
		"delete of nobody":      {del(id.Log{}, 0, 1), text.ErrMalformed},
		"delete nothing":        {del(self, 1, 0), text.ErrMalformed},
		"delete a great many":   {del(self, 5, 1<<32-1), text.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			var x text.Text
			insert, _ := must(t, &x)
			insert(x.InsertAt(self, 0, "abc"))
			var err error
			switch op := c.op.(type) {
			case text.Insert:
				err = x.ApplyInsert(op)
			case text.Delete:
				err = x.ApplyDelete(op)
			}
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if got := x.String(); got != "abc" || x.Next(self) != 3 || x.Next(other) != 0 {
				t.Errorf("the refused operation changed the text to %q", got)
			}
		})
	}
}

func TestInsertThatPartlyCameIsCompleted(t *testing.T) {
	whole := text.Insert{At: text.ID{Log: self}, Runes: "añc語"}
	for known := 1; known <= 4; known++ {
		var x text.Text
		part := whole
		part.Runes = string([]rune(whole.Runes)[:known])
		for _, in := range []text.Insert{part, whole, part} {
			if err := x.ApplyInsert(in); err != nil {
				t.Fatal(err)
			}
		}
		if got := x.String(); got != whole.Runes {
			t.Errorf("%d runes known: text is %q, want %q", known, got, whole.Runes)
		}
	}
}

func TestDeletingEditedTextTakesOneSpan(t *testing.T) {
	var x text.Text
	insert, remove := must(t, &x)
	insert(x.InsertAt(self, 0, strings.Repeat("typed with slips ", 20)))
	for pos := 300; pos > 0; pos -= 7 {
		remove(x.DeleteAt(pos, 2))
	}
	del, err := x.DeleteAt(10, x.Len()-20)
	if err != nil || len(del.Spans) != 1 {
		t.Errorf("DeleteAt takes %d spans, %v", len(del.Spans), err)
	}
	before := x.Len()
	remove(del, nil)
	if got := x.Len(); got != 20 {
		t.Errorf("%d of %d runes are left, want 20", got, before)
	}
}

func TestDeletionsHaveALimit(t *testing.T) {
	var x text.Text
	insert, _ := must(t, &x)
	for range text.MaxSpans + 1 { // one half of the runes has even numbers
		insert(x.InsertAt(self, x.Len(), "b"))
		insert(x.InsertAt(self, 0, "a"))
	}
	if _, err := x.DeleteAt(0, x.Len()/2); !errors.Is(err, text.ErrTooLong) {
		t.Errorf("DeleteAt of %d spans = %v, want ErrTooLong", text.MaxSpans+1, err)
	}
	del, err := x.DeleteAt(1, text.MaxSpans)
	if err != nil {
		t.Fatal(err)
	}
	back, err := text.DecodeDelete(del.Append(nil, self), self)
	if err != nil || len(back.Spans) != text.MaxSpans {
		t.Errorf("DecodeDelete gives %d spans, %v", len(back.Spans), err)
	}
	if del, err = x.DeleteAt(0, x.Len()); err != nil || len(del.Spans) != 1 {
		t.Errorf("DeleteAt of everything takes %d spans, %v", len(del.Spans), err)
	}
}

func TestDeletedContentIsGone(t *testing.T) {
	var x text.Text
	insert, remove := must(t, &x)
	insert(x.InsertAt(self, 0, "name: secret."))
	remove(x.DeleteAt(6, 6))
	if saved := x.Append(nil); strings.Contains(string(saved), "secret") {
		t.Errorf("saved form %q", saved)
	}
}

func TestCorrectedTypingStaysOneRun(t *testing.T) {
	var x text.Text
	insert, remove := must(t, &x)
	insert(x.InsertAt(self, 0, "the tect"))
	empty := len(x.Append(nil))
	for range 50 { // t, e, c, t → two back, two on
		remove(x.DeleteAt(x.Len()-2, 2))
		insert(x.InsertAt(self, x.Len(), "xt"))
	}
	if got := x.String(); got != "the text" {
		t.Fatalf("text is %q", got)
	}
	if got := len(x.Append(nil)) - empty; got > 8 {
		t.Errorf("50 corrections at one place take %d bytes", got)
	}
}

func ExampleText() {
	var here, there text.Text
	ann, bob := id.Log{Device: 1}, id.Log{Device: 2}

	hello, err := here.InsertAt(ann, 0, "Hello world")
	if err != nil {
		panic(err)
	}
	for _, replica := range []*text.Text{&here, &there} {
		if err := replica.ApplyInsert(hello); err != nil {
			panic(err)
		}
	}

	// Both change the text before they hear of each other.
	comma, _ := here.InsertAt(ann, 5, ",")
	mark, _ := there.InsertAt(bob, 11, "!")
	for _, in := range []text.Insert{comma, mark} {
		_ = here.ApplyInsert(in)
	}
	for _, in := range []text.Insert{mark, comma} {
		_ = there.ApplyInsert(in)
	}
	fmt.Println(here.String())
	fmt.Println(there.String())
	// Output:
	// Hello, world!
	// Hello, world!
}
