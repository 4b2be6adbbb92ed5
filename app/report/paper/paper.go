// Package paper writes a document — headings, prose, tables, drawings — as one
// HTML page, as PDF and as Markdown. What it writes depends on the document only,
// byte for byte.
//
// Texts are other people's: in every form they are shown as they are and never
// read as markup. What can't be shown is replaced by something that can be seen.
package paper

import "time"

// Document is what is to be written. Its blocks stand in the order given.
type Document struct {
	Language string    // BCP 47: "en", "ko"
	At       time.Time // when it was made
	Kind     string    // of document, above the title
	Title    string
	Lead     string // a sentence or two below the title
	Facts    []Fact // about the document: of what, for whom, when
	Blocks   []Block
	Foot     string // at the foot of each page of the PDF
	Page     string // how pages are counted: "Page %d of %d"
}

// Block is a part of a document: Heading, Text, List, Facts, Key, Table, Figure
// or Note.
type Block interface{ block() }

// Heading begins a part, a minor one a part of a part.
type Heading struct {
	Text  string
	Minor bool
}

// Text is prose. A line break stays one, an empty line parts paragraphs.
type Text struct {
	Text  string
	Quiet bool // of less weight than the rest
}

// List is points in no order.
type List struct{ Items []string }

// Fact is something that has a name and is said in a few words or paragraphs.
type Fact struct{ Name, Text string }

// Facts are several of them, below each other.
type Facts struct{ Facts []Fact }

// Key is the one number that a reader should remember.
type Key struct {
	Name   string // what it is
	Number string
	Words  string // of what: "a month, before costs"
	Beside []Fact // other numbers that belong to it
}

// Tone is how a statement is meant. It is shown by colour, so the words must say
// it too.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Warning
	Bad
)

// Note is a sentence that stands out.
type Note struct {
	Text string
	Tone Tone
}

// Table is rows of cells under a head, which is repeated on each page.
type Table struct {
	Columns []Column
	Rows    [][]Cell // each has a cell for each column
}

// Column is a column of a table.
type Column struct {
	Head  string
	Share float64 // of the width, as against the others
	Right bool    // numbers, which end below each other
}

// Cell is a cell of a table.
type Cell struct {
	Text   string
	Under  string // more of it, smaller and below
	Strong bool
	Tone   Tone
}

// Figure is a drawing. Where drawings can't be shown its table stands for it.
type Figure struct {
	Title   string
	Note    string // smaller, below the title
	Words   string // what is to be seen, for those who don't see it
	Drawing Drawing
	Table   Table
}

func (Heading) block() {}
func (Text) block()    {}
func (List) block()    {}
func (Facts) block()   {}
func (Key) block()     {}
func (Note) block()    {}
func (Table) block()   {}
func (Figure) block()  {}

// Of returns a cell that holds only text.
func Of(text string) Cell { return Cell{Text: text} }
