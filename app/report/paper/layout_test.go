package paper_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/app/report/paper"
	"cairn/app/report/typeface"
)

// checkMargins reports what is drawn beyond the margins of its page.
func checkMargins(t rapid.TB, pages []paper.Drawing) {
	t.Helper()
	const slack = 0.5
	for i, p := range pages {
		inside := func(x1, y1, x2, y2 float64, what string) {
			if x1 < paper.Left-slack || x2 > paper.Right+slack || y1 < 30 || y2 > paper.Bottom {
				t.Errorf("page %d: %s is drawn from %.1f,%.1f to %.1f,%.1f", i+1, what, x1, y1, x2, y2)
			}
		}
		for _, s := range p.Shapes {
			switch s := s.(type) {
			case paper.Box:
				inside(s.X, s.Y, s.X+s.Width, s.Y+s.Height, "a box")
			case paper.Rule:
				inside(min(s.X1, s.X2), min(s.Y1, s.Y2), max(s.X1, s.X2), max(s.Y1, s.Y2), "a rule")
			case paper.Label:
				weight := typeface.Regular
				if s.Strong {
					weight = typeface.SemiBold
				}
				width := typeface.Width(s.Text, weight, s.Size)
				x := s.X - width*map[paper.Anchor]float64{paper.Start: 0, paper.Middle: 0.5, paper.End: 1}[s.Anchor]
				inside(x, s.Y-s.Size, x+width, s.Y, fmt.Sprintf("%q", s.Text))
			}
		}
	}
}

// said returns the labels of pages, one after the other.
func said(pages []paper.Drawing) []string {
	var out []string
	for _, p := range pages {
		for _, s := range p.Shapes {
			if l, ok := s.(paper.Label); ok {
				out = append(out, l.Text)
			}
		}
	}
	return out
}

func count(all []string, want string) int {
	n := 0
	for _, s := range all {
		if s == want {
			n++
		}
	}
	return n
}

// TestNothingIsDrawnBeyondTheMargins holds for whatever text, also where it has
// no place to break.
func TestNothingIsDrawnBeyondTheMargins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(hostile().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "times"))
		checkMargins(t, paper.Leaves(sample(text)))
	})
}

// TestLongTextGoesOverPages prints a text of 100,000 characters in each place.
func TestLongTextGoesOverPages(t *testing.T) {
	for name, text := range map[string]string{
		"words": strings.Repeat("seven words make a sentence that ends. ", 2500), "no space": strings.Repeat("x", 100_000), "lines": strings.Repeat("one\n\n", 20_000),
	} {
		pages := paper.Leaves(sample(text))
		checkMargins(t, pages)
		all := said(pages)
		if name == "words" {
			// Each of the places says all of it: the ends of the sentences are there.
			if n := strings.Count(strings.Join(all, " "), "ends."); n < 10*2500 {
				t.Errorf("%s: %d sentences are left", name, n)
			}
		}
		if last := fmt.Sprintf("Page %d of %d", len(pages), len(pages)); count(all, last) != 1 {
			t.Errorf("%s: the last of %d pages is not numbered so", name, len(pages))
		}
	}
}

// TestHeadIsRepeated prints 10,000 rows, and holds that each is there once, in
// order, and that each page of them has the head.
func TestHeadIsRepeated(t *testing.T) {
	table := paper.Table{Columns: []paper.Column{{Head: "Requirement", Share: 3}, {Head: "Owner"}}}
	const rows = 10_000
	for i := range rows {
		table.Rows = append(table.Rows, []paper.Cell{{Text: fmt.Sprintf("R%05d", i), Under: "why"}, {Text: "Ada"}})
	}
	pages := paper.Leaves(paper.Document{Title: "Many", Page: "%d/%d", Blocks: []paper.Block{paper.Heading{Text: "Requirements"}, table}})
	checkMargins(t, pages)
	next := 0
	for i, p := range pages {
		all := said([]paper.Drawing{p})
		if count(all, "Requirement") != 1 {
			t.Errorf("page %d has %d heads", i+1, count(all, "Requirement"))
		}
		for _, s := range all {
			if strings.HasPrefix(s, "R0") {
				if s != fmt.Sprintf("R%05d", next) {
					t.Fatalf("%s on page %d, want R%05d", s, i+1, next)
				}
				next++
			}
		}
	}
	if next != rows {
		t.Errorf("%d rows are printed, want %d", next, rows)
	}
}

// TestHeadingStaysWithWhatItHeads moves a heading down a page, point by point.
func TestHeadingStaysWithWhatItHeads(t *testing.T) {
	table := paper.Table{Columns: []paper.Column{{Head: "Head"}}, Rows: [][]paper.Cell{{{Text: "first"}}, {{Text: "second"}}}}
	for shift := range 250 {
		blocks := make([]paper.Block, 0, 40)
		for range 20 {
			blocks = append(blocks, paper.Text{Text: "filler"})
		}
		// A drawing of a height of its own stands for as many points.
		blocks = append(blocks, paper.Figure{Drawing: paper.Drawing{Width: 483, Height: float64(shift), Shapes: []paper.Shape{paper.Rule{}}}})
		blocks = append(blocks, paper.Heading{Text: "Part"}, paper.Heading{Text: "Section", Minor: true}, table)
		for i, p := range paper.Leaves(paper.Document{Title: "T", Page: "%d/%d", Blocks: blocks}) {
			all := said([]paper.Drawing{p})
			if a, b, c := count(all, "Part"), count(all, "Section"), count(all, "first"); a != b || b != c {
				t.Errorf("moved by %d, page %d: %d headings, %d sections, %d first rows", shift, i+1, a, b, c)
			}
		}
	}
}
