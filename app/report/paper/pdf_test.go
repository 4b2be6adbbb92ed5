package paper_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"cairn/app/report/paper"
)

var (
	streams = regexp.MustCompile(`(?s)/Filter /FlateDecode /Length (\d+)>>\nstream\n`)
	shown   = regexp.MustCompile(`(?s) Td \(((?:[^\\)]|\\.)*)\) Tj`)
)

// unescaped returns text as strings of a PDF stand for it.
func unescaped(text string) string {
	return strings.NewReplacer(`\\`, `\`, `\(`, "(", `\)`, ")", `\r`, "\r").Replace(text)
}

func utf16be(text string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return out
}

// printed returns the text of a PDF, line by line, as its pages show it: every
// string is UTF-16, which is how the fonts number their characters.
func printed(tb testing.TB, file string) string {
	tb.Helper()
	var out strings.Builder
	for _, at := range streams.FindAllStringSubmatchIndex(file, -1) {
		var length int
		if _, err := fmt.Sscan(file[at[2]:at[3]], &length); err != nil {
			tb.Fatal(err)
		}
		r, err := zlib.NewReader(strings.NewReader(file[at[1] : at[1]+length]))
		if err != nil {
			continue // not every stream is compressed
		}
		content, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		for _, found := range shown.FindAllSubmatch(content, -1) {
			raw := unescaped(string(found[1]))
			units := make([]uint16, len(raw)/2)
			for i := range units {
				units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
			}
			out.WriteString(string(utf16.Decode(units)) + "\n")
		}
	}
	return out.String()
}

func TestPDFSaysWhatWasWritten(t *testing.T) {
	file := written(t, paper.WritePDF, sample("Wert (“größer”) \\ 한글 ≥ 80 % 😀"))
	if !strings.HasPrefix(file, "%PDF-1.") {
		t.Fatalf("the file begins with %q", file[:8])
	}
	text := printed(t, file)
	for _, want := range []string{"Wert (“größer”) \\ 한글 ≥ 80 % □", "$3,200", "a month", "Part", "middle", "Page 1 of 2", "Page 2 of 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("the PDF does not say %q:\n%s", want, text)
		}
	}
	if n := strings.Count(file, "/Type /Page\n"); n != 2 {
		t.Errorf("%d pages, want 2", n)
	}
	if title := "\xfe\xff" + string(utf16be("Wert (“größer”) \\ 한글 ≥ 80 % □")); !strings.Contains(unescaped(file), title) {
		t.Error("the PDF does not say its title")
	}
	for _, want := range []string{"/Outlines", "/Lang (en)", "/FontFile2", "/ToUnicode"} {
		if !strings.Contains(file, want) {
			t.Errorf("the PDF lacks %s", want)
		}
	}
}

// TestTimesAreThoseGiven holds that a PDF says of itself when the document was made.
func TestTimesAreThoseGiven(t *testing.T) {
	d := sample("x")
	d.At = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	times := regexp.MustCompile(`\(D:\d+`).FindAllString(written(t, paper.WritePDF, d), -1)
	if len(times) != 2 || times[0] != "(D:20010203040506" || times[1] != times[0] {
		t.Errorf("the PDF was made at %q", times)
	}
}

// TestSameDocumentSameBytes holds in every format.
func TestSameDocumentSameBytes(t *testing.T) {
	for name, write := range map[string]writer{"html": paper.WriteHTML, "pdf": paper.WritePDF, "md": paper.WriteMarkdown} {
		first := written(t, write, sample("Ada 한글"))
		for range 5 {
			if written(t, write, sample("Ada 한글")) != first {
				t.Errorf("%s: the bytes differ", name)
			}
		}
	}
}

// TestPageNeedsNothingElse holds that a page of HTML loads nothing and runs nothing.
func TestPageNeedsNothingElse(t *testing.T) {
	page := written(t, paper.WriteHTML, sample("x"))
	for _, never := range []string{"<script", "<link", "<img", "<iframe", "@import", "url(http", "src=", "href="} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %s", never)
		}
	}
	if !strings.Contains(page, `content="default-src 'none';`) {
		t.Error("the page does not forbid to load anything")
	}
}

// TestWriterThatFails hands the error on.
func TestWriterThatFails(t *testing.T) {
	for name, write := range map[string]writer{"html": paper.WriteHTML, "pdf": paper.WritePDF, "md": paper.WriteMarkdown} {
		if err := write(broken{}, sample("x")); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// FuzzPDF prints whatever bytes.
func FuzzPDF(f *testing.F) {
	for _, seed := range []string{"", "plain", "\\)(", "\xff\xfe", "שלום 😀", "\u0000", strings.Repeat("x", 3000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		if err := paper.WritePDF(&b, sample(text)); err != nil {
			t.Fatal(err)
		}
		checkMargins(t, paper.Leaves(sample(text)))
	})
}
