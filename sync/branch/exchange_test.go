package branch_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/branch"
)

// store holds the batches of one log.
type store struct {
	forks    []branch.Fork
	stored   []oplog.Batch
	failing  error
	returned [][][]byte
}

func (s *store) OwnForks(context.Context) ([]branch.Fork, error) { return s.forks, s.failing }

func (s *store) Batches(log id.Log, from uint64, most int) ([][]byte, error) {
	var out [][]byte
	for _, b := range s.stored {
		if b.Log != log || b.End() <= from {
			continue
		}
		if most -= len(b.Raw); most < 0 && len(out) > 0 {
			break
		}
		out = append(out, b.Raw)
	}
	return out, s.failing
}

func (s *store) Return(_ context.Context, _ id.Log, raws [][]byte) error {
	s.returned = append(s.returned, raws)
	return s.failing
}

// device is a device with a key.
type device struct {
	key ed25519.PrivateKey
	id  id.Device
	log id.Log
}

func newDevice(seed byte) device {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	name := id.DeviceOf(key.Public().(ed25519.PublicKey))
	return device{key, name, id.Log{Device: name.Short(), Incarnation: 1}}
}

// history writes batches of two operations each, with payloads of so many bytes.
func (d device) history(tb testing.TB, count, size int) []oplog.Batch {
	tb.Helper()
	var out []oplog.Batch
	var head oplog.Head
	for i := range count {
		op := func(k int) oplog.Op {
			payload := make([]byte, size)
			for at := range payload { // nothing that compresses well
				payload[at] = byte((at*at + at>>3*i + k) * 2654435761 >> 11)
			}
			return oplog.Op{Stamp: clock.Stamp(1 + i), Doc: id.Doc{15: 1}, Noun: 1, Kind: 1, Field: 1, Payload: payload}
		}
		b, err := oplog.Seal(oplog.Draft{Log: d.log, First: head.Next, Prev: head.Hash, Ops: []oplog.Op{op(0), op(1)}}, d.key)
		if err != nil {
			tb.Fatal(err)
		}
		head = b.Head(b.Hash)
		out = append(out, b)
	}
	return out
}

// meet connects two exchanges and carries their frames until there are none. It
// returns how many there were, and the first error.
func meet(a, b *branch.Exchange, nameOfA, nameOfB id.Device) (frames int, err error) {
	a.Connect(nameOfB)
	b.Connect(nameOfA)
	synctest.Wait()
	for carried := true; carried && err == nil; {
		carried = false
		if kind, payload, ok := a.Next(nameOfB); ok {
			carried, err = true, errors.Join(err, b.Receive(nameOfA, kind, payload))
			frames++
		}
		if kind, payload, ok := b.Next(nameOfA); ok {
			carried, err = true, errors.Join(err, a.Receive(nameOfB, kind, payload))
			frames++
		}
	}
	synctest.Wait()
	a.Disconnect(nameOfB)
	b.Disconnect(nameOfA)
	synctest.Wait()
	return frames, err
}

var quiet = slog.New(slog.DiscardHandler)

func TestADeviceGetsBackWhatOnlyOthersHave(t *testing.T) {
	ben, ada := newDevice(1), newDevice(2)
	for _, c := range []struct {
		name        string
		count, size int
		known       func([]oplog.Batch) []branch.End
		want        int // batches, from the fork on
	}{
		{"nothing is known", 5, 10, func([]oplog.Batch) []branch.End { return nil }, 4},
		{"another history is known", 5, 10, func([]oplog.Batch) []branch.End { return []branch.End{{First: oplog.Hash{1}, Next: 99}} }, 4},
		{"the beginning is known", 5, 10, func(all []oplog.Batch) []branch.End { return []branch.End{{First: all[1].Hash, Next: 4}} }, 4},
		{"all is known", 5, 10, func(all []oplog.Batch) []branch.End { return []branch.End{{First: all[1].Hash, Next: 10}} }, 0},
		{"several frames", 20, 30_000, func([]oplog.Batch) []branch.End { return nil }, 19},
		{"they have not come to the fork", 1, 10, func([]oplog.Batch) []branch.End { return nil }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := ben.history(t, c.count, c.size) // the compressor is of no bubble
			synctest.Test(t, func(t *testing.T) {
				mine := &store{forks: []branch.Fork{{Log: ben.log, At: 2, Known: c.known(all)}}}
				a, b := branch.Open(mine, quiet), branch.Open(&store{stored: all}, quiet)
				defer a.Close()
				defer b.Close()
				if _, err := meet(a, b, ben.id, ada.id); err != nil {
					t.Fatal(err)
				}
				var got [][]byte
				for _, raws := range mine.returned {
					got = append(got, raws...)
				}
				if len(got) != c.want || len(mine.returned) > 1 {
					t.Fatalf("%d batches in %d parts, want %d", len(got), len(mine.returned), c.want)
				}
				for i, raw := range got {
					if !bytes.Equal(raw, all[i+1].Raw) {
						t.Errorf("batch %d is another", i)
					}
				}
			})
		})
	}
}

// TestAConnectionThatBreaksLosesNothingOfWhatCame cuts it in the middle.
func TestAConnectionThatBreaksLosesNothingOfWhatCame(t *testing.T) {
	ben, ada := newDevice(1), newDevice(2)
	all := ben.history(t, 20, 30_000)
	synctest.Test(t, func(t *testing.T) {
		mine := &store{forks: []branch.Fork{{Log: ben.log, At: 2}}}
		a := branch.Open(mine, quiet)
		defer a.Close()
		a.Connect(ada.id)
		synctest.Wait()
		if kind, _, ok := a.Next(ada.id); !ok || kind != branch.KindAsk {
			t.Fatal("nothing is asked for")
		}
		if err := a.Receive(ada.id, branch.KindTail, branch.AppendTail(nil, ben.log, [][]byte{all[1].Raw})); err != nil {
			t.Fatal(err)
		}
		a.Disconnect(ada.id)
		synctest.Wait()
		if len(mine.returned) != 1 || len(mine.returned[0]) != 1 {
			t.Errorf("taken back: %v", mine.returned)
		}
	})
}

func TestStrangeQuestionsAndAnswers(t *testing.T) {
	ben, ada := newDevice(1), newDevice(2)
	theirs := &store{stored: ben.history(t, 3, 10)}
	synctest.Test(t, func(t *testing.T) {
		x := branch.Open(theirs, quiet)
		defer x.Close()
		x.Connect(ben.id)
		x.Connect(ada.id)
		question := branch.AppendAsk(nil, branch.Fork{Log: ben.log})
		if err := x.Receive(ada.id, branch.KindAsk, question); !errors.Is(err, branch.ErrMalformed) {
			t.Errorf("a device asks for the log of another: %v", err)
		}
		if err := x.Receive(ben.id, branch.KindTail, branch.AppendTail(nil, ben.log, [][]byte{{1}})); err != nil || len(theirs.returned) > 0 {
			t.Errorf("what nobody asked for: %v, %v", err, theirs.returned)
		}
		if err := x.Receive(ben.id, 0x36, []byte("of a later version")); err != nil {
			t.Errorf("of a later version: %v", err)
		}
		answers := 0
		for range 3 * branch.QuestionsMost {
			if err := x.Receive(ben.id, branch.KindAsk, question); err != nil {
				t.Fatal(err)
			}
			for {
				_, _, ok := x.Next(ben.id)
				if !ok {
					break
				}
				answers++
			}
		}
		if answers == 0 || answers > 2*branch.QuestionsMost {
			t.Errorf("%d answers to a device that does not stop asking", answers)
		}
		synctest.Wait()
		theirs.failing = errors.New("the disk fails")
		x.Disconnect(ben.id)
		x.Connect(ben.id)
		if err := x.Receive(ben.id, branch.KindAsk, question); err != nil {
			t.Errorf("the asking device is to blame for a failing disk: %v", err)
		}
		if _, _, ok := x.Next(ben.id); ok {
			t.Error("something is sent that can't be read")
		}
	})
}

func ExampleExchange_Kinds() {
	x := branch.Open(&store{}, quiet)
	defer x.Close()
	first, last := x.Kinds()
	fmt.Printf("%#x to %#x\n", first, last)
	// Output: 0x30 to 0x37
}
