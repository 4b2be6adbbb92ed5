package id

import (
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
)

// crockford is Douglas Crockford's base32 alphabet in lower case: no i, l, o
// or u, so that a name read aloud or copied by hand stays itself.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// docTextLen is the length of a document name in text: 128 bits at 5 a digit.
const docTextLen = 26

// ErrText is returned for text that is no name of the kind asked for.
var ErrText = errors.New("not a name")

// String returns the 26-digit base32 form, which sorts as the name does (the
// text form of the ULID specification, in lower case).
func (d Doc) String() string {
	var out [docTextLen]byte
	// 26 digits hold 130 bits: the first digit carries only the top three.
	var acc uint
	var bits int
	pos := docTextLen - 1
	for i := len(d) - 1; i >= 0; i-- {
		acc |= uint(d[i]) << bits
		bits += 8
		for bits >= 5 {
			out[pos] = crockford[acc&31]
			acc >>= 5
			bits -= 5
			pos--
		}
	}
	out[0] = crockford[acc&31]
	return string(out[:])
}

// ParseDoc reads the form that String writes, in either case.
func ParseDoc(text string) (Doc, error) {
	var d Doc
	if len(text) != docTextLen {
		return d, fmt.Errorf("document name %q has %d digits, want %d: %w", text, len(text), docTextLen, ErrText)
	}
	var acc uint
	var bits int
	pos := len(d) - 1
	for i := docTextLen - 1; i >= 0; i-- {
		v := strings.IndexByte(crockford, lower(text[i]))
		if v < 0 {
			return Doc{}, fmt.Errorf("document name %q has the digit %q: %w", text, text[i], ErrText)
		}
		if i == 0 && v > 7 {
			return Doc{}, fmt.Errorf("document name %q is too large: %w", text, ErrText)
		}
		acc |= uint(v) << bits
		bits += 5
		if bits >= 8 {
			d[pos] = byte(acc)
			acc >>= 8
			bits -= 8
			pos--
		}
	}
	if pos >= 0 {
		d[0] = byte(acc)
	}
	return d, nil
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// MarshalText returns the String form.
func (d Doc) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the String form.
func (d *Doc) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDoc(string(text))
	return err
}

// A device is shown as eight groups of seven base32 digits. Each fourteenth
// digit checks the thirteen before it (Luhn mod 32), so that a mistyped name is
// noticed before it is trusted.
const (
	deviceDigits     = 52 // 256 bits at 5 a digit
	deviceCheckEvery = 13
	deviceGroup      = 7
)

var deviceText = base32.StdEncoding.WithPadding(base32.NoPadding)

// String returns the form for people: groups of seven base32 digits with check
// digits.
func (d Device) String() string {
	digits := deviceText.EncodeToString(d[:])
	var checked strings.Builder
	for i := 0; i < deviceDigits; i += deviceCheckEvery {
		part := digits[i : i+deviceCheckEvery]
		checked.WriteString(part)
		checked.WriteByte(luhn(part))
	}
	all := checked.String()
	var out strings.Builder
	for i := 0; i < len(all); i += deviceGroup {
		if i > 0 {
			out.WriteByte('-')
		}
		out.WriteString(all[i : i+deviceGroup])
	}
	return out.String()
}

// ParseDevice reads what String writes; dashes, spaces and case do not matter.
func ParseDevice(text string) (Device, error) {
	all := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(text))
	const part = deviceCheckEvery + 1
	if len(all) != deviceDigits/deviceCheckEvery*part {
		return Device{}, fmt.Errorf("device name has %d digits, want %d: %w", len(all), deviceDigits/deviceCheckEvery*part, ErrText)
	}
	var digits strings.Builder
	for i := 0; i < len(all); i += part {
		body := all[i : i+deviceCheckEvery]
		if c := luhn(body); c == 0 || c != all[i+deviceCheckEvery] {
			return Device{}, fmt.Errorf("device name is mistyped near %q: %w", all[i:i+part], ErrText)
		}
		digits.WriteString(body)
	}
	raw, err := deviceText.DecodeString(digits.String())
	if err != nil {
		return Device{}, fmt.Errorf("device name: %w", ErrText)
	}
	return Device(raw), nil
}

// MarshalText returns the String form.
func (d Device) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the String form.
func (d *Device) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDevice(string(text))
	return err
}

// luhn returns the Luhn mod 32 check digit of base32 digits, 0 if one of them
// is no such digit.
func luhn(digits string) byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	factor, sum := 1, 0
	for i := range len(digits) {
		v := strings.IndexByte(alphabet, digits[i])
		if v < 0 {
			return 0
		}
		v *= factor
		sum += v/len(alphabet) + v%len(alphabet)
		factor = 3 - factor
	}
	return alphabet[(len(alphabet)-sum%len(alphabet))%len(alphabet)]
}
