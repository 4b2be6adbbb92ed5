package value

import (
	"math"
	"strconv"
	"strings"
)

// currency is how an amount of money is written.
type currency struct {
	sign  string // empty: the code stands after the number
	cents int    // digits after the point
}

// currencies are those that Cairn writes with their own sign or number of
// digits. Any other ISO 4217 code is money too: three capital letters.
var currencies = map[string]currency{
	"USD": {"$", 2}, "EUR": {"€", 2}, "GBP": {"£", 2}, "INR": {"₹", 2},
	"JPY": {"¥", 0}, "KRW": {"₩", 0}, "VND": {"", 0}, "CLP": {"", 0}, "ISK": {"", 0},
}

// currencyOf returns the ISO code that a word of a unit is, empty if none.
func currencyOf(word string) string {
	if len(word) != 3 || strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return ""
	}
	return word
}

// money writes an amount: whole from a hundred on, with cents below.
func money(x float64, code string) string {
	c, known := currencies[code]
	if !known {
		c.cents = 2
	}
	size := math.Abs(x)
	digits := FormatNumber(size)
	if size < 100 && size != math.Trunc(size) && size >= 0.01 {
		digits = strconv.FormatFloat(size, 'f', c.cents, 64)
	} else if size < 1e12 && size >= 100 {
		digits = group(strconv.FormatFloat(size, 'f', 0, 64))
	}
	minus := ""
	if x < 0 {
		minus = "−"
	}
	if c.sign == "" {
		return minus + digits + " " + code
	}
	return minus + c.sign + digits
}
