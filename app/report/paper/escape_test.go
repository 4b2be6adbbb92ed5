package paper_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	markup "github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"

	"cairn/app/report/paper"
)

// tag matches one of HTML. None of ours has a > within.
var tag = regexp.MustCompile(`<[^>]*>`)

// tags returns the tags of a page, but for links, which people may write, and
// what attributes quote of people's texts.
func tags(page string) []string {
	_, page, _ = strings.Cut(page, "</style>")
	var out []string
	for _, t := range tag.FindAllString(page, -1) {
		if t != "</a>" && !strings.HasPrefix(t, "<a ") {
			out = append(out, regexp.MustCompile(`aria-label="[^"]*"`).ReplaceAllString(t, ""))
		}
	}
	return out
}

// texts returns what a page says, without its tags.
func texts(page string) string { return html.UnescapeString(tag.ReplaceAllString(page, "")) }

// places is how often the sample says its text at least.
const places = 15

// checkHTML reports where text has become markup in HTML, or got lost.
func checkHTML(t rapid.TB, text string) {
	t.Helper()
	plain, got := page(t, paper.WriteHTML, "x"), page(t, paper.WriteHTML, text)
	if said := paper.Line(text); said != "" {
		if !slices.Equal(tags(got), tags(plain)) {
			t.Errorf("%q changes the tags:\n%s", text, got)
		}
		if n := strings.Count(texts(got), said); n < places {
			t.Errorf("%q is said %d times", said, n)
		}
	}
}

// checkMarkdown does so in Markdown, as GitHub reads it.
func checkMarkdown(t rapid.TB, text string) {
	t.Helper()
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(markup.WithUnsafe()))
	rendered := func(text string) string {
		var b bytes.Buffer
		if err := gfm.Convert([]byte(page(t, paper.WriteMarkdown, text)), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	said := paper.Line(text)
	if said == "" {
		return
	}
	plain, got := rendered("x"), rendered(text)
	if !slices.Equal(tags(got+"</style>"+got), tags(plain+"</style>"+plain)) {
		t.Errorf("%q changes the structure:\n%s\n%s", text, page(t, paper.WriteMarkdown, text), got)
	}
	if n := strings.Count(texts(got), said); n < places {
		t.Errorf("%q is said %d times in\n%s", said, n, got)
	}
}

func page(t rapid.TB, write writer, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, sample(text)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestNothingBreaksOut holds that no text is read as markup, in any format.
func TestNothingBreaksOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(hostile().Draw(t, "text"), "\n", " ")
		checkHTML(t, text)
		checkMarkdown(t, text)
	})
}

// FuzzEscape does so with whatever bytes.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "<script>", "1. a", "- [x] b", "| a | b |", "`c`", "$x$", "&lt;", "\\", "+ 1", "= =", "a\\|b", "http://a.b/<c>", "# a #", "!a[b](c)", "~~a~~", "a  ", "***", "\u2028"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.Contains(paper.Clean(text), "\n") {
			return // several lines are several paragraphs, and that is meant
		}
		checkHTML(t, text)
		checkMarkdown(t, text)
	})
}

func TestMarkdownKeepsLinesAndParagraphs(t *testing.T) {
	got := written(t, paper.WriteMarkdown, paper.Document{Title: "T", Blocks: []paper.Block{
		paper.Text{Text: "one\ntwo\n\nthree"},
		paper.Facts{Facts: []paper.Fact{{Name: "A", Text: "one\ntwo\n\nthree"}, {Name: "B"}}},
		paper.Table{Columns: []paper.Column{{Head: "C"}}, Rows: [][]paper.Cell{{{Text: "one\ntwo", Under: "three"}}}},
		paper.Table{Columns: []paper.Column{{Head: "D"}}},
		paper.List{},
		paper.Facts{},
	}})
	want := "# T\n\none\\\ntwo\n\nthree\n\n- **A:** one\\\n  two\n\n  three\n- **B:**\n\n| C |\n| --- |\n| one<br>two<br>three |\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
