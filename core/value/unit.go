package value

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/core/sentence"
)

// Unit is a product of words with exponents: "USD/month" is USD¹ month⁻¹. The
// zero Unit is that of a pure number. Singular and plural are one word, and
// words that nobody has declared are units of their own.
type Unit struct {
	factors []factor // in the order written; no exponent is 0, no word twice
}

type factor struct {
	word  string // what is compared: singular
	shown string // as it was written
	exp   int
}

const (
	// maxExponent and maxFactors bound units, which are read from files.
	maxExponent = 20
	maxFactors  = 20
	// maxUnitRunes bounds the text of one.
	maxUnitRunes = 100
)

var errUnit = errors.New("not a unit")

// currencySigns are the signs that stand for one currency.
var currencySigns = map[string]string{"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}

// ParseUnit reads a unit: words joined by * and /, each with an optional
// whole exponent, as in "USD/customer/month" or "m^2"; "1", "%" and nothing
// are pure numbers. A currency is its ISO 4217 code or sign.
func ParseUnit(text string) (Unit, error) {
	if len([]rune(text)) > maxUnitRunes {
		return Unit{}, fmt.Errorf("%d characters and more: %w", maxUnitRunes, errUnit)
	}
	var u Unit
	sign := 1
	rest := strings.TrimSpace(text)
	if rest == "" {
		return u, nil
	}
	for {
		end := strings.IndexAny(rest, "*/·×")
		term := rest
		if end >= 0 {
			term = rest[:end]
		}
		f, err := parseFactor(strings.TrimSpace(term))
		if err != nil {
			return Unit{}, err
		}
		if f.exp *= sign; f.exp != 0 {
			if u, err = u.times(Unit{[]factor{f}}); err != nil {
				return Unit{}, err
			}
		}
		if end < 0 {
			return u, nil
		}
		separator, size := utf8.DecodeRuneInString(rest[end:])
		sign = 1
		if separator == '/' {
			sign = -1
		}
		rest = rest[end+size:]
	}
}

// parseFactor reads "month", "m^2", "1" or "%"; the latter two have exponent 0.
func parseFactor(term string) (factor, error) {
	word, power, hasPower := strings.Cut(term, "^")
	word = strings.TrimSpace(word)
	if word == "1" || word == "%" {
		if hasPower {
			return factor{}, fmt.Errorf("%q has no exponent: %w", word, errUnit)
		}
		return factor{}, nil
	}
	if code, ok := currencySigns[word]; ok {
		word = code
	}
	if !isWord(word) {
		return factor{}, fmt.Errorf("%q: %w", word, errUnit)
	}
	exp := 1
	if hasPower {
		n, err := strconv.Atoi(strings.TrimSpace(power))
		if err != nil || n == 0 || max(n, -n) > maxExponent {
			return factor{}, fmt.Errorf("exponent %q: %w", power, errUnit)
		}
		exp = n
	}
	return factor{word: singular(word), shown: word, exp: exp}, nil
}

// isWord reports whether text can be the name of a unit: letters, digits,
// underscores and single spaces, starting with a letter.
func isWord(text string) bool {
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsMark(r) || r == '°' || r == '_'
		if !letter && (i == 0 || (!unicode.IsDigit(r) && r != ' ' && r != '-')) {
			return false
		}
	}
	return text != "" && !strings.Contains(text, "  ")
}

// singular returns the one form under which a word is compared.
func singular(word string) string {
	n := len(word)
	switch {
	case n <= 3 || word == strings.ToUpper(word):
		return word // "USD", "ms", "gas"
	case strings.HasSuffix(word, "ies"):
		return word[:n-3] + "y" // "queries", "query"
	case strings.HasSuffix(word, "ss"), strings.HasSuffix(word, "us"), strings.HasSuffix(word, "is"):
		return word // "loss", "status", "analysis"
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "xes"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"):
		return word[:n-2] // "losses", "boxes", "batches"
	}
	return strings.TrimSuffix(word, "s")
}

// Equal reports whether u and v are the same unit.
func (u Unit) Equal(v Unit) bool {
	if len(u.factors) != len(v.factors) {
		return false
	}
	for _, f := range u.factors {
		if v.exponent(f.word) != f.exp {
			return false
		}
	}
	return true
}

// Pure reports whether u is the unit of a pure number.
func (u Unit) Pure() bool { return len(u.factors) == 0 }

func (u Unit) exponent(word string) int {
	for _, f := range u.factors {
		if f.word == word {
			return f.exp
		}
	}
	return 0
}

// Times returns the unit of a product.
func (u Unit) Times(v Unit) Unit {
	out := Unit{slices.Clone(u.factors)}
	for _, f := range v.factors {
		i := slices.IndexFunc(out.factors, func(o factor) bool { return o.word == f.word })
		if i < 0 {
			out.factors = append(out.factors, f)
			continue
		}
		if out.factors[i].exp += f.exp; out.factors[i].exp == 0 {
			out.factors = slices.Delete(out.factors, i, i+1)
		}
	}
	return out
}

// Per returns the unit of a quotient.
func (u Unit) Per(v Unit) Unit {
	inverse := Unit{slices.Clone(v.factors)}
	for i := range inverse.factors {
		inverse.factors[i].exp = -inverse.factors[i].exp
	}
	return u.Times(inverse)
}

// Power returns the unit of u raised to p; ok is false when an exponent would
// not be whole, or too large.
func (u Unit) Power(p float64) (out Unit, ok bool) {
	for _, f := range u.factors {
		exp := float64(f.exp) * p
		whole := int(exp)
		if float64(whole) != exp || max(whole, -whole) > maxExponent {
			return Unit{}, false
		}
		if f.exp = whole; whole != 0 {
			out.factors = append(out.factors, f)
		}
	}
	return out, true
}

// times is Times within the bounds that a unit from outside has.
func (u Unit) times(v Unit) (Unit, error) {
	out := u.Times(v)
	if !out.bounded() {
		return Unit{}, fmt.Errorf("too many words or too high exponents: %w", errUnit)
	}
	return out, nil
}

func (u Unit) bounded() bool {
	return len(u.factors) <= maxFactors &&
		!slices.ContainsFunc(u.factors, func(f factor) bool { return max(f.exp, -f.exp) > maxExponent })
}

// String returns u as ParseUnit reads it; a pure number is "1".
func (u Unit) String() string {
	if u.Pure() {
		return "1"
	}
	ordered := slices.Clone(u.factors)
	slices.SortStableFunc(ordered, func(a, b factor) int { return cmp.Compare(sign(b.exp), sign(a.exp)) })
	var b strings.Builder
	for i, f := range ordered {
		switch {
		case f.exp < 0 && i == 0:
			b.WriteString("1/")
		case f.exp < 0:
			b.WriteString("/")
		case i > 0:
			b.WriteString("*")
		}
		b.WriteString(f.shown)
		if e := max(f.exp, -f.exp); e != 1 {
			b.WriteString("^" + strconv.Itoa(e))
		}
	}
	return b.String()
}

func sign(n int) int { return cmp.Compare(n, 0) }

// words returns u for a sentence.
func (u Unit) words() any {
	if u.Pure() {
		return sentence.New("a pure number")
	}
	return u.String()
}
