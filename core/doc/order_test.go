package doc_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cairn/core/doc"
)

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// isKey reports whether a list takes key.
func isKey(key string) bool {
	payload := append([]byte{byte(len(key))}, key...)
	_, err := doc.Describe(opOf(logA, 0, doc.KindInsertItem, fieldList, append(payload, 0)))
	return err == nil
}

func FuzzKeyBetween(f *testing.F) {
	f.Add("", "", uint32(0))
	f.Add("V", "V1", uint32(1))
	f.Add("", "01", uint32(2))
	f.Add("zzzzzz", "", uint32(3))
	f.Add("V01", "V02", uint32(4))
	f.Add("ÿ", "!", uint32(5))
	f.Add("", "000", uint32(6))
	f.Add(" ", "ÿÿ", uint32(7))
	f.Fuzz(func(t *testing.T, low, high string, jitter uint32) {
		key := doc.KeyBetween(low, high, jitter)
		known := func(k string) bool { return k == "" || len(k) < 128 && isKey(k) }
		if !known(low) || !known(high) {
			return // nobody's keys: no panic is all that is asked
		}
		switch {
		case len(key) < 128 && !isKey(key):
			t.Errorf("KeyBetween(%q, %q, %d) = %q, which no list takes", low, high, jitter, key)
		case key <= low, high > low && key >= high:
			t.Errorf("KeyBetween(%q, %q, %d) = %q, not between", low, high, jitter, key)
		case len(key) > max(len(low), len(high))+6:
			t.Errorf("KeyBetween(%q, %q, %d) = %q, needlessly long", low, high, jitter, key)
		}
	})
}

// grow inserts n items, each where next says among the keys so far, and
// returns the longest key.
func grow(t *testing.T, keys []string, n int, next func(i, size int) int) int {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	longest := 0
	for i := range n {
		at := next(i, len(keys))
		low, high := "", ""
		if at > 0 {
			low = keys[at-1]
		}
		if at < len(keys) {
			high = keys[at]
		}
		key := doc.KeyBetween(low, high, random.Uint32())
		if key <= low || high != "" && key >= high {
			t.Fatalf("item %d: %q is not between %q and %q", i, key, low, high)
		}
		keys = slices.Insert(keys, at, key)
		longest = max(longest, len(key))
	}
	return longest
}

func TestKeysStayShort(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pair := []string{doc.KeyBetween("", "", 1)}
	pair = append(pair, doc.KeyBetween(pair[0], "", 2))
	for _, c := range []struct {
		name    string
		keys    []string
		next    func(i, size int) int
		longest int
	}{
		{"at the end", nil, func(_, size int) int { return size }, 6},
		{"at the start", nil, func(int, int) int { return 0 }, 6},
		{"each after the one before, in the middle", pair, func(i, _ int) int { return 1 + i }, 16},
		{"each before the one before, in the middle", pair, func(int, int) int { return 1 }, 16},
		{"anywhere", nil, func(_, size int) int { return random.IntN(size + 1) }, 24},
		{"in turn on both sides of the last", pair, func(i, size int) int { return 1 + i/2 }, 700},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := grow(t, c.keys, 1000, c.next)
			t.Logf("the longest of 1,000 keys has %d digits", got)
			if got > c.longest {
				t.Errorf("the longest key has %d digits, want at most %d", got, c.longest)
			}
		})
	}
}

func TestKeysOfTheSameGapDiffer(t *testing.T) {
	seen := map[string]bool{}
	random := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		seen[doc.KeyBetween("V", "W", random.Uint32())] = true
	}
	if len(seen) < 99 {
		t.Errorf("100 people who insert at the same place make %d keys", len(seen))
	}
}

func TestEqualKeysLeaveNoRoom(t *testing.T) {
	if key := doc.KeyBetween("V1", "V1", 0); key <= "V1" {
		t.Errorf("between equal keys: %q, want one after both", key)
	}
	for _, bad := range []string{"", "V0", "0", "V ", "é", strings.Repeat("0", 9)} {
		if isKey(bad) {
			t.Errorf("a list takes %q as a key", bad)
		}
	}
	if !isKey(digits) {
		t.Errorf("no list takes %q as a key", digits)
	}
}
