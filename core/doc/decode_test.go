package doc_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
)

// The parts of a stored document by two authors: three operations of either,
// and the last at stamp 100.
var (
	nameA   = string(logA.Append(nil))
	nameB   = string(logB.Append(nil))
	nameC   = string(id.Log{Device: 0xc}.Append(nil))
	nameD   = string(id.Log{Device: 0xd}.Append(nil))
	authors = "\x01\x05\x00\x02" + nameA + "\x03" + nameB + "\x03"
	end     = "\x01\x00\x00\x00\x00\x00\x00\x00\x64\x00\x02\x00"
)

// storedWith returns a stored document with further logs and one field.
func storedWith(further, family, state string) string {
	return authors + further + end + "\x01\x01" + family + string(rune(len(state))) + state
}

func TestStoredDocumentOfParts(t *testing.T) {
	for name, stored := range map[string]string{
		"only void operations": authors + "\x00\x00\x00\x00",
		"nothing more":         authors + "\x00" + end + "\x00",
		"a register":           storedWith("\x00", "\x01", "\x01\x00\x00\x01\x00"),
		"awaited ops":          storedWith("\x02"+nameC+nameD, "\x03", "\x00\x03\x00\x05\x02\x00\x03\x01"),
		"an item not inserted": storedWith("\x01"+nameC, "\x05", "\x01\x02\x00\x08\x00\x00\x01\x01\x02"),
	} {
		if d, err := doc.Decode(docName, []byte(stored)); err != nil || string(d.Append(nil)) != stored {
			t.Errorf("%s: %x is refused, or stored in another way: %v", name, stored, err)
		}
	}
}

func TestDecodeRefusesWhatNothingWrites(t *testing.T) {
	const (
		register, multi, set, counter, list, prose = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
	)
	emptyText := emptyTextBlock(t)
	for name, stored := range map[string]string{
		"no byte at all":               "",
		"a number in long form":        "\x01\x85\x00\x00\x00",
		"a kind beyond 16 bits":        "\x01\x80\x80\x04\x00\x00",
		"a kind, but no operations":    "\x01\x05\x00\x00",
		"skipped kinds, no operations": "\x01\x00\x01\x7f\x00",
		"a skipped kind twice":         "\x01\x05\x02\x7f\x7f\x01" + nameA + "\x03\x00" + end + "\x00",
		"bytes left over":              "\x01\x00\x00\x00\x00",
		"a log without operations":     "\x01\x05\x00\x01" + nameA + "\x00\x00" + end + "\x00",
		"the zero log":                 "\x01\x05\x00\x01" + string(id.Log{}.Append(nil)) + "\x03\x00" + end + "\x00",
		"logs out of order":            "\x01\x05\x00\x02" + nameB + "\x03" + nameA + "\x03\x00" + end + "\x00",
		"a log that nothing names":     authors + "\x01" + nameC + end + "\x00",
		"a further log that has come":  storedWith("\x01"+nameA, set, "\x00\x01\x02\x05"),
		"a further log twice":          storedWith("\x02"+nameC+nameC, set, "\x00\x02\x02\x00\x03\x01"),
		"further logs out of use":      storedWith("\x02"+nameD+nameC, set, "\x00\x02\x03\x00\x02\x01"),
		"a last that has not come":     authors + "\x00" + "\x01\x00\x00\x00\x00\x00\x00\x00\x64\x00\x03\x00\x00",
		"life of another form":         authors + "\x00" + "\x01\x00\x00\x00\x00\x00\x00\x00\x64\x00\x02\x02\x00",
		"a field of no family":         storedWith("\x00", "\x07", ""),
		"a field twice":                authors + "\x00" + end + "\x02" + "\x01\x04\x01\x00" + "\x01\x04\x01\x00",
		"bytes left over in a field":   storedWith("\x00", counter, "\x00\x00"),
		"a stamp before time":          storedWith("\x00", register, "\x65\x00\x00\x01\x00"),
		"a value that has not come":    storedWith("\x00", register, "\x01\x00\x03\x01\x00"),
		"a value of a further log":     storedWith("\x01"+nameC, register, "\x01\x02\x00\x01\x00"),
		"no value":                     storedWith("\x00", register, "\x01\x00\x00\x00"),
		"values out of order":          storedWith("\x00", multi, "\x02\x01\x01\x00\x01\x00\x01\x00\x00\x01\x00\x00"),
		"a value twice":                storedWith("\x00", multi, "\x02\x01\x00\x00\x01\x00\x01\x00\x00\x01\x00\x00"),
		"additions out of order":       storedWith("\x00", set, "\x02\x01\x00\x01\x00\x00\x00\x01\x00\x00"),
		"an awaited op that has come":  storedWith("\x00", set, "\x00\x01\x00\x02"),
		"awaited ops out of order":     storedWith("\x00", set, "\x00\x02\x00\x06\x00\x05"),
		"billions of additions":        storedWith("\x00", set, "\xff\xff\xff\xff\x0f"),
		"sums out of order":            storedWith("\x00", counter, "\x02\x01\x02\x00\x02"),
		"a sum of a further log":       storedWith("\x01"+nameC, counter, "\x01\x02\x02"),
		"an item of which is nothing":  storedWith("\x00", list, "\x01\x00\x00\x00"),
		"an item of a fifth part":      storedWith("\x00", list, "\x01\x00\x00\x10"),
		"an item without a value":      storedWith("\x00", list, "\x01\x00\x00\x03\x00\x00\x00\x02\x05V"),
		"an item that has not come":    storedWith("\x00", list, "\x01\x00\x04\x07\x00\x00\x00\x02\x05V\x00\x00\x00\x01\x00"),
		"items out of order":           storedWith("\x00", list, "\x02\x00\x01\x08\x00\x00\x02\x01\x02\x00\x00\x08\x00\x00\x02\x01\x02"),
		"text that is none":            storedWith("\x00", prose, "\x01\xff\x00"),
		"a register that waits":        storedWith("\x00", prose, emptyText+"\x01\x00\x00\x01\x01\x00"),
		"a void deletion that waits":   storedWith("\x00", prose, emptyText+"\x01\x00\x00\x8b\x00"),
		"a last of another form":       authors + "\x00\x02\x00\x00",
		"a value, but no last":         authors + "\x00\x00\x00\x01\x01\x01\x05\x01\x00\x00\x01\x00",
		"waiting text that is none":    storedWith("\x00", prose, emptyText+"\x01\x00\x00\x0a\x00"),
		"waiting text out of order":    storedWith("\x00", prose, emptyText+"\x02\x00\x01\x0a\x03\x00\x00x\x00\x00\x0a\x03\x00\x00x"),
	} {
		t.Run(name, func(t *testing.T) {
			if d, err := doc.Decode(docName, []byte(stored)); !errors.Is(err, doc.ErrMalformed) {
				t.Errorf("Decode(%x) = %v, %v; want ErrMalformed", stored, d, err)
			}
		})
	}
}

// emptyTextBlock returns the block of a text field without runes: what one
// stores of which an operation waits, less that operation.
func emptyTextBlock(t *testing.T) string {
	t.Helper()
	for _, c := range readGolden(t, "stored-1.golden") {
		if c.name != "text that waits" {
			continue
		}
		at := bytes.LastIndex(c.bytes, []byte("\x06\x19")) // family, length of the field
		field := c.bytes[at+2:]
		return string(field[:1+field[0]])
	}
	t.Fatal("no golden document with text that waits")
	return ""
}

// Whatever happens to a stored document, it is refused or means what it says.
func TestDamageIsNoticedOrHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := session(t, rapid.Bool().Draw(t, "hostile"))
		b := w.fold(t, w.some(t)).Append(nil)
		for range rapid.IntRange(1, 3).Draw(t, "damages") {
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			switch rapid.IntRange(0, 2).Draw(t, "damage") {
			case 0:
				b[at] = rapid.Byte().Draw(t, "byte")
			case 1:
				b = slices.Insert(b, at, rapid.Byte().Draw(t, "byte"))
			default:
				b = slices.Delete(b, at, at+1)
			}
			if len(b) == 0 {
				return
			}
		}
		d, err := doc.Decode(docName, b)
		if err != nil {
			return
		}
		if again := d.Append(nil); !bytes.Equal(again, b) {
			t.Fatalf("decoded from\n%x\nstored as\n%x", b, again)
		}
	})
}
