package text_test

import (
	"slices"
	"testing"

	"cairn/core/id"
	"cairn/core/text"
)

// operation is what travels between replicas, as its payload.
type operation struct {
	log     id.Log
	isText  bool // an insertion, otherwise a deletion
	payload []byte
	deps    []int // replica → operations that the author had applied
}

// replica is a text, the textbook beside it, and what both have applied.
type replica struct {
	log     id.Log
	text    text.Text
	model   reference
	applied []int // replica → operations applied
}

// network is replicas that are all connected, and the operations of each.
type network struct {
	replicas []*replica
	ops      [][]operation
}

func logNumber(n int) id.Log {
	return id.Log{Device: id.ShortDevice(0x1000 + n*7%5), Incarnation: uint32(n)}
}

func newNetwork(n int) *network {
	net := &network{ops: make([][]operation, n)}
	for i := range n {
		net.replicas = append(net.replicas, &replica{log: logNumber(i), applied: make([]int, n)})
	}
	return net
}

// insert has replica r insert runes at pos.
func (net *network) insert(t fataler, r, pos int, runes string) {
	t.Helper()
	rep := net.replicas[r]
	in, err := rep.text.InsertAt(rep.log, pos, runes)
	if err != nil {
		t.Fatalf("InsertAt(%v, %d, %q) = %v", rep.log, pos, runes, err)
	}
	want := spliced(&rep.text, pos, 0, runes)
	net.publish(t, r, operation{log: rep.log, isText: true, payload: in.Append(nil)})
	if got := rep.text.String(); got != want {
		t.Fatalf("InsertAt(%d, %q) leads to %q, want %q", pos, runes, got, want)
	}
}

// delete has replica r delete n runes at pos.
func (net *network) delete(t fataler, r, pos, n int) {
	t.Helper()
	rep := net.replicas[r]
	del, err := rep.text.DeleteAt(pos, n)
	if err != nil {
		t.Fatalf("DeleteAt(%d, %d) = %v", pos, n, err)
	}
	want := spliced(&rep.text, pos, n, "")
	net.publish(t, r, operation{log: rep.log, payload: del.Append(nil, rep.log)})
	if got := rep.text.String(); got != want {
		t.Fatalf("DeleteAt(%d, %d) leads to %q, want %q", pos, n, got, want)
	}
}

// spliced returns what is to become of x.
func spliced(x *text.Text, pos, deleted int, inserted string) string {
	runes := []rune(x.String())
	return string(slices.Replace(runes, pos, pos+deleted, []rune(inserted)...))
}

func (net *network) publish(t fataler, r int, op operation) {
	t.Helper()
	op.deps = slices.Clone(net.replicas[r].applied)
	net.ops[r] = append(net.ops[r], op)
	net.deliver(t, r, r)
}

// ready reports whether replica to can apply the next operation of from.
func (net *network) ready(to, from int) bool {
	next := net.replicas[to].applied[from]
	if next == len(net.ops[from]) {
		return false
	}
	for i, n := range net.ops[from][next].deps {
		if net.replicas[to].applied[i] < n {
			return false
		}
	}
	return true
}

// deliver has replica to apply the next operation of from.
func (net *network) deliver(t fataler, to, from int) {
	t.Helper()
	rep := net.replicas[to]
	rep.apply(t, net.ops[from][rep.applied[from]])
	rep.applied[from]++
}

func (rep *replica) apply(t fataler, op operation) {
	t.Helper()
	if !op.isText {
		del, err := text.DecodeDelete(op.payload, op.log)
		if err == nil {
			err = rep.text.ApplyDelete(del)
		}
		if err != nil {
			t.Fatalf("delete %x: %v", op.payload, err)
		}
		rep.model.delete(del)
		return
	}
	in, err := text.DecodeInsert(op.payload, op.log)
	if err == nil {
		err = rep.text.ApplyInsert(in)
	}
	if err != nil {
		t.Fatalf("insert %x: %v", op.payload, err)
	}
	rep.model.insert(in)
}

// settle delivers everything to everybody, in an order that pick decides.
func (net *network) settle(t fataler, pick func(n int) int) {
	t.Helper()
	for {
		var ready [][2]int
		for to := range net.replicas {
			for from := range net.replicas {
				if net.ready(to, from) {
					ready = append(ready, [2]int{to, from})
				}
			}
		}
		if len(ready) == 0 {
			return
		}
		next := ready[pick(len(ready))]
		net.deliver(t, next[0], next[1])
	}
}

// fataler is what testing.T and rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

var _ fataler = (*testing.T)(nil)
