package text_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cairn/core/text"
)

// act has one of the replicas do one thing that rapid draws: type, delete, or
// hear from another.
func act(t *rapid.T, net *network) {
	r := rapid.IntRange(0, len(net.replicas)-1).Draw(t, "replica")
	rep := net.replicas[r]
	length := rep.text.Len()
	switch rapid.IntRange(0, 5).Draw(t, "act") {
	case 0, 1:
		net.insert(t, r, rapid.IntRange(0, length).Draw(t, "pos"), rapid.StringOfN(rapid.RuneFrom([]rune("abcé語🙂")), 1, 4, -1).Draw(t, "runes"))
	case 2: // a slip, corrected
		pos := rapid.IntRange(0, length).Draw(t, "pos")
		net.insert(t, r, pos, "xyz")
		net.delete(t, r, pos+2, 1)
		net.insert(t, r, pos+2, "Z")
	case 3:
		if length > 0 {
			pos := rapid.IntRange(0, length-1).Draw(t, "pos")
			net.delete(t, r, pos, rapid.IntRange(1, min(3, length-pos)).Draw(t, "n"))
		}
	default:
		from := rapid.IntRange(0, len(net.replicas)-1).Draw(t, "from")
		if net.ready(r, from) {
			net.deliver(t, r, from)
		}
	}
}

func drawNetwork(t *rapid.T) *network {
	net := newNetwork(3)
	for range rapid.IntRange(1, 40).Draw(t, "acts") {
		act(t, net)
	}
	return net
}

func propertyTextFollowsTheTextbook(t *rapid.T) {
	net := newNetwork(3)
	for range rapid.IntRange(1, 40).Draw(t, "acts") {
		act(t, net)
		for _, rep := range net.replicas {
			if got, want := rep.text.String(), rep.model.String(); got != want {
				t.Fatalf("text %q, textbook %q", got, want)
			}
			if got, want := rep.text.Len(), utf8.RuneCountInString(rep.text.String()); got != want {
				t.Fatalf("Len() = %d, want %d", got, want)
			}
		}
	}
	for _, rep := range net.replicas {
		if err := rep.text.Verify(); err != nil {
			t.Fatalf("structure: %v", err)
		}
	}
}

func TestTextFollowsTheTextbook(t *testing.T) { rapid.Check(t, propertyTextFollowsTheTextbook) }

func FuzzTextFollowsTheTextbook(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(propertyTextFollowsTheTextbook))
}

func TestReplicasConvergeUnderAnyCausalDelivery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := drawNetwork(t)
		net.settle(t, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "next") })
		want := net.replicas[0].text.Append(nil)
		for _, rep := range net.replicas[1:] {
			if got := rep.text.Append(nil); !bytes.Equal(got, want) {
				t.Fatalf("%q and %q: saved forms differ", net.replicas[0].text.String(), rep.text.String())
			}
		}
	})
}

func TestOperationsAppliedAgainChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := drawNetwork(t)
		rep := net.replicas[0]
		want := rep.text.Append(nil)
		for from, n := range rep.applied {
			for _, op := range net.ops[from][:n] {
				rep.apply(t, op)
			}
		}
		if got := rep.text.Append(nil); !bytes.Equal(got, want) {
			t.Fatalf("repeated operations changed the text to %q", rep.text.String())
		}
	})
}

func merged(texts ...*text.Text) []byte {
	var t text.Text
	for _, o := range texts {
		t.Merge(o)
	}
	return t.Append(nil)
}

func TestMergeIsCommutativeAssociativeIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := drawNetwork(t)
		a, b, c := &net.replicas[0].text, &net.replicas[1].text, &net.replicas[2].text
		before := [][]byte{a.Append(nil), b.Append(nil), c.Append(nil)}

		if !bytes.Equal(merged(a, b), merged(b, a)) {
			t.Fatalf("%q and %q do not commute", a.String(), b.String())
		}
		bc := b.Clone()
		bc.Merge(c)
		if !bytes.Equal(merged(a, b, c), merged(a, bc)) {
			t.Fatalf("%q, %q, %q do not associate", a.String(), b.String(), c.String())
		}
		a.Merge(a)
		if !bytes.Equal(merged(a, a), before[0]) || !bytes.Equal(merged(a, b, a, b), merged(a, b)) {
			t.Fatalf("%q and %q: merging again changes", a.String(), b.String())
		}
		for i, x := range []*text.Text{a, b, c} {
			if !bytes.Equal(x.Append(nil), before[i]) {
				t.Fatalf("the other side of a merge changed to %q", x.String())
			}
		}
	})
}

func TestMergeAgreesWithOperations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := drawNetwork(t)
		states := merged(&net.replicas[0].text, &net.replicas[1].text, &net.replicas[2].text)
		net.settle(t, func(n int) int { return n - 1 })
		if got := net.replicas[0].text.Append(nil); !bytes.Equal(got, states) {
			t.Fatalf("operations give %q, states differ", net.replicas[0].text.String())
		}
	})
}

// TestLargeTexts takes the texts through leaves and groups that split.
func TestLargeTexts(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 17))
			net := newNetwork(3)
			for range 900 {
				r := rng.IntN(len(net.replicas))
				length := net.replicas[r].text.Len()
				switch k := rng.IntN(10); {
				case k < 4:
					net.insert(t, r, rng.IntN(length+1), strings.Repeat("ab語", 1+rng.IntN(3)))
				case k < 6 && length > 4:
					net.delete(t, r, rng.IntN(length-3), 1+rng.IntN(3))
				default:
					if from := rng.IntN(len(net.replicas)); net.ready(r, from) {
						net.deliver(t, r, from)
					}
				}
			}
			early := net.replicas[1].text.Clone()
			net.settle(t, rng.IntN)
			want := net.replicas[0].text.Append(nil)
			for i, rep := range net.replicas {
				if err := rep.text.Verify(); err != nil {
					t.Fatalf("replica %d: %v", i, err)
				}
				if rep.text.String() != rep.model.String() {
					t.Errorf("replica %d is not as in the textbook", i)
				}
				if !bytes.Equal(rep.text.Append(nil), want) {
					t.Errorf("replica %d has another saved form", i)
				}
			}
			early.Merge(&net.replicas[0].text)
			if !bytes.Equal(early.Append(nil), want) {
				t.Error("a replica that is behind does not catch up by merging")
			}
			if err := early.Verify(); err != nil {
				t.Error(err)
			}
		})
	}
}
