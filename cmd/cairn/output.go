package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"
)

// print writes v as the one JSON document of --json, or lets text write it for
// people.
func (c *cli) print(v any, text func(w io.Writer)) {
	if c.json {
		c.printJSON(c.out, v)
		return
	}
	text(c.out)
}

func (c *cli) printJSON(w io.Writer, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		fmt.Fprintln(c.err, "cairn: The answer could not be written as JSON.")
	}
}

// table writes rows under a head, in columns.
func table(w io.Writer, head string, rows [][]string) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, strings.ReplaceAll(head, ",", "\t"))
	for _, r := range rows {
		for i := range r {
			r[i] = oneLine(r[i])
		}
		fmt.Fprintln(tw, strings.Join(r, "\t"))
	}
	_ = tw.Flush() // the writer is standard output or a buffer
}

// cellRunes is how much of a value a table shows.
const cellRunes = 60

// oneLine fits a value into a table and takes out what could play with the
// terminal.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > cellRunes {
		return string([]rune(s)[:cellRunes-1]) + "…"
	}
	return s
}

// printable is oneLine for a value that may have lines and any length.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0)) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// clock writes a time for people, in their zone, to the minute.
func clock(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

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

// count writes a number of things: "1 document", "3 documents".
func count[N int | int64 | uint64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
