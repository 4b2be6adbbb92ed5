package paper_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/app/report/paper"
)

// sample is a document with each kind of block, in which text stands wherever
// people write.
func sample(text string) paper.Document {
	table := paper.Table{
		Columns: []paper.Column{{Head: "What", Share: 2}, {Head: "How much", Right: true}},
		Rows: [][]paper.Cell{
			{{Text: text, Under: text}, {Text: "1"}},
			{{Text: text, Strong: true, Tone: paper.Warning}, {Text: text}},
		},
	}
	return paper.Document{
		Language: "en", At: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), Kind: "Report", Title: text, Lead: text,
		Facts: []paper.Fact{{Name: "By", Text: text}}, Foot: text, Page: "Page %d of %d",
		Blocks: []paper.Block{
			paper.Heading{Text: "Part"},
			paper.Heading{Text: text, Minor: true},
			paper.Text{Text: text},
			paper.List{Items: []string{text, "two"}},
			paper.Key{Name: "Worth", Number: "$3,200", Words: "a month", Beside: []paper.Fact{{Name: "Loss", Text: "0 %"}}},
			paper.Facts{Facts: []paper.Fact{{Name: "Problem", Text: text}, {Name: "Users", Text: text}}},
			paper.Note{Text: text, Tone: paper.Bad},
			table,
			paper.Figure{Title: text, Note: text, Words: text, Table: table, Drawing: paper.Drawing{Width: 100, Height: 50, Shapes: []paper.Shape{
				paper.Box{X: 0, Y: 10, Width: 20, Height: 30, Ink: paper.Series},
				paper.Rule{X1: 0, Y1: 40, X2: 100, Y2: 40, Ink: paper.Dark, Dashed: true},
				paper.Label{X: 50, Y: 20, Text: "middle", Size: 8, Anchor: paper.Middle},
			}}},
		},
	}
}

type writer = func(io.Writer, paper.Document) error

func written(tb testing.TB, write writer, d paper.Document) string {
	tb.Helper()
	var b bytes.Buffer
	if err := write(&b, d); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// hostile draws text that means something in a format, or is hard to show.
func hostile() *rapid.Generator[string] {
	parts := []string{
		"a", "word", " ", "  ", "1", "1.", "2)", "-", "+", "*", "**", "_", "`", "```", "#", "##", ">", "<", "<b>", "</td>", "<!--", "-->", "<script>alert(1)</script>",
		"&", "&amp;", "&#60;", "|", "||", "[", "](", ")", "![x](y)", "\\", "\\\\", "~~", "$", "$$", "=", "===", "---", ":", "\"", "'", "{{", "}}", "%s", "%", "http://x.y", "www.x.y",
		"a@b.cd", "]]>", "</style>", "<style>", "javascript:x", "\x00", "\x1b[0m", "\u202e", "\u2066", "\u200d", "\xff", "שלום", "مرحبا", "😀", "👩‍👧", "한글", "漢字", "\u1112\u1161", "\t", "\u00a0", "\u3000", "^",
	}
	return rapid.Custom(func(t *rapid.T) string {
		out := ""
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, "parts") {
			out += p
		}
		return out
	})
}
