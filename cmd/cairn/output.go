package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"cairn/core/fault"
)

// print writes v as the one JSON document of --json, or lets text write it for
// people.
func (c *cli) print(v any, text func(w io.Writer)) error {
	var out []byte
	if c.json {
		var err error
		if out, err = encodeJSON(v); err != nil {
			return err
		}
	} else {
		var b bytes.Buffer
		text(&b)
		out = b.Bytes()
	}
	if _, err := c.out.Write(out); err != nil {
		return unwritten(err)
	}
	return nil
}

func unwritten(err error) error {
	return fault.Wrap(err, fault.Unavailable, "The answer can't be written to standard output.", "What was asked for is done; look at where the output goes.")
}

// encodeJSON returns v as a document that is also safe to look at in a terminal.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode the answer: %w", err)
	}
	out := make([]byte, 0, b.Len())
	for rest := b.Bytes(); len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r != '\n' && playsTricks(r) { // only ever within a string
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, rest[:n]...)
		}
		rest = rest[n:]
	}
	return out, nil
}

// playsTricks reports whether r could make a terminal show something else than
// what is there: control characters, and those that turn the direction of text.
func playsTricks(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// line is s on one line and without tricks.
func line(s string) string { return replaceTricks(s, "", ' ') }

// printable is s as it is, lines and all, without tricks.
func printable(s string) string { return replaceTricks(s, "\n\t", utf8.RuneError) }

// colours reports whether w shows bold text, and its owner wants it.
func colours(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// clock writes a time for people, in their zone, to the minute.
func clock(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// span writes a length of time for people, in the largest unit of which there
// are several.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	d = d.Round(time.Minute)
	switch {
	case d >= 2*day:
		return count(int64(d.Round(day)/day), "day")
	case d >= 2*time.Hour:
		return count(int64(d.Round(time.Hour)/time.Hour), "hour")
	default:
		return count(int64(d/time.Minute), "minute")
	}
}

// size writes bytes for people.
func size(n int64) string {
	const unit = 1024
	if n < unit {
		return fmt.Sprintf("%d B", n)
	}
	div, exp := int64(unit), 0
	for m := n / unit; m >= unit; m /= unit {
		div *= unit
		exp++
	}
	return fmt.Sprintf("%.1f %ciB", float64(n)/float64(div), "KMGTPE"[exp])
}

// count writes a number of things: "1 document", "3 batches".
func count[N int | int64 | uint64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if one[len(one)-1] == 'h' {
		return fmt.Sprintf("%d %ses", n, one)
	}
	return fmt.Sprintf("%d %ss", n, one)
}
