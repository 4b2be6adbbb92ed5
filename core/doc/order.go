package doc

import "strings"

// orderDigits are the digits of order keys, in ASCII order so that keys
// compare as strings.
const orderDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const (
	orderBase = len(orderDigits)
	// stepDigits is how many digits, from the first that differs, a new key
	// chooses its place by: room for some hundred thousand items, one after
	// the other, before keys grow.
	stepDigits = 3
	// jitterDigits is how many random digits end a new key: with three, two
	// people who drop an item into the same gap at once get the same key once
	// in 234,484 times, and even then the items only tie.
	jitterDigits = 3
)

// validKey reports whether key can stand in a list: digits, the last not 0, so
// that there is room before every key.
func validKey(key string) bool {
	return strings.Trim(key, orderDigits) == "" && key != "" && key[len(key)-1] != '0'
}

// KeyBetween returns an order key after low and before high, either of which
// may be empty for an open end. The jitter, any random number, keeps keys that
// are made at the same place at the same time apart. Between equal keys there
// is no room: the result is after both.
//
// Of two neighbours the one with the longer key is the younger, and people go
// on where they were: the new key keeps close to it, which leaves the rest of
// the gap for what follows. At an open end it goes on in single steps.
func KeyBetween(low, high string, jitter uint32) string {
	if high <= low {
		high = ""
	}
	after, before := digitsOf(low), digitsOf(high)
	at := 0
	for at < len(before) && digitAt(after, at) == before[at] {
		at++
	}
	for bounded := at < len(before); ; at += stepDigits {
		lo, hi := stepAt(after, at), orderSteps
		if bounded {
			hi = stepAt(before, at)
		}
		if hi-lo > 1 {
			return spell(padded(after, at), between(lo, hi, len(low), len(high)), jitter)
		}
		// Below the first step that differs, whatever follows is before high.
		bounded = bounded && lo == hi && at+stepDigits < len(before)
	}
}

// nearness is the part of a gap that a new key leaves towards the younger
// neighbour: small enough for hundreds of items in a row, large enough not to
// waste the gap on people who insert to the other side.
const nearness = 64

// between returns a step between lo and hi, given the lengths of the keys there.
func between(lo, hi, lowLen, highLen int) int {
	near := 1 + (hi-lo-2)/nearness
	if lowLen == 0 || highLen == 0 {
		near = 1
	}
	switch {
	case lowLen > highLen:
		return lo + near
	case highLen > lowLen:
		return hi - near
	default:
		return lo + (hi-lo)/2
	}
}

const orderSteps = orderBase * orderBase * orderBase // orderBase to the power of stepDigits

// digitsOf returns the values of key's digits, 0 for a byte that is none.
func digitsOf(key string) []int {
	digits := make([]int, len(key))
	for i := range digits {
		digits[i] = max(strings.IndexByte(orderDigits, key[i]), 0)
	}
	return digits
}

// digitAt returns a digit of a key, which goes on with zeros for ever.
func digitAt(digits []int, i int) int {
	if i < len(digits) {
		return digits[i]
	}
	return 0
}

func padded(digits []int, n int) []int {
	out := make([]int, n)
	copy(out, digits)
	return out
}

// stepAt returns the number that the stepDigits digits from at on make.
func stepAt(digits []int, at int) int {
	n := 0
	for i := range stepDigits {
		n = n*orderBase + digitAt(digits, at+i)
	}
	return n
}

// spell returns the key that prefix, step and jitter make.
func spell(prefix []int, step int, jitter uint32) string {
	key := make([]byte, 0, len(prefix)+stepDigits+jitterDigits)
	for _, d := range prefix {
		key = append(key, orderDigits[d])
	}
	for unit := orderSteps / orderBase; unit > 0; unit /= orderBase {
		key = append(key, orderDigits[step/unit%orderBase])
	}
	base := uint32(orderBase)
	last := orderDigits[1+jitter%(base-1)]
	jitter /= base - 1
	return string(append(key, orderDigits[jitter%base], orderDigits[jitter/base%base], last))
}
