package conflicts

import (
	"slices"
	"strings"
	"time"

	"cairn/ui/words"
)

// View is all that the page shows.
type View struct {
	Loaded  bool
	Problem string // why they can't be read
	Rows    []Row
	Detail  Detail // of the one that is selected
	Waiting int    // how many wait for a decision
}

// Row is a conflict in the list.
type Row struct {
	Key, Title, Below string
	When              string
	Faces             []Face
	Selected          bool
}

// Face is a person as an avatar shows them.
type Face struct{ ID, Name string }

// Detail is a conflict to be decided, without Key when none is selected.
type Detail struct {
	Key, Document       string
	Page, Project       string
	Title, Field, Where string
	Say                 string
	Sides               []SideRow
	Chosen              int // 0 for another
	Writing             bool
	Other               string
	Form                Form
	Options             []Option
	Verb                string // what the button does
	Ready               bool   // there is something to settle it with
	ReadOnly            bool
	Busy                bool
}

// SideRow is one of the values as it is shown.
type SideRow struct {
	Number       int
	Person       Face
	Name, When   string
	Runs         []Run
	Shown, Short bool // pages show it meanwhile; it is a word or a number
	Chosen       bool
}

// shortMost is how many letters a value may have to be set large.
const shortMost = 24

// latest returns when the newest of the values was written.
func (c *Conflict) latest() time.Time {
	var at time.Time
	for _, s := range c.Sides {
		if s.At.After(at) {
			at = s.At
		}
	}
	return at
}

// authors returns who wrote the values, each once.
func (c *Conflict) authors() []Face {
	var out []Face
	for _, s := range c.Sides {
		f := Face{s.By.ID, s.By.Name}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func (c *Conflict) row(now time.Time, selected string) Row {
	names := make([]string, 0, len(c.Sides))
	faces := c.authors()
	for _, f := range faces {
		names = append(names, f.Name)
	}
	return Row{
		Key: c.key(), Title: c.Label + " · " + c.title(), Below: strings.Join(names, ", "), When: words.Ago(now, c.latest()),
		Faces: faces, Selected: c.key() == selected,
	}
}

func (c *Conflict) title() string {
	if c.Title == "" {
		return words.T("Untitled")
	}
	return c.Title
}

// detail returns what is shown of a conflict with what was chosen or typed.
func (c *Conflict) detail(now time.Time, d decision) Detail {
	out := Detail{
		Key: c.key(), Document: c.Document, Page: c.Page, Project: c.Project, Title: c.title(), Field: c.Label, Where: c.Kind,
		Chosen: d.side, Writing: d.writing, Other: d.other, Form: c.Form, Options: c.Options, ReadOnly: c.ReadOnly, Busy: d.busy,
		Say: c.say(),
	}
	if c.In != "" {
		out.Where += " · " + c.In
	}
	for i, s := range c.Sides {
		out.Sides = append(out.Sides, c.side(now, i, s, d))
	}
	switch {
	case d.writing:
		out.Verb, out.Ready = words.T("Use this"), strings.TrimSpace(d.other) != ""
	case d.side > 0 && c.Sides[d.side-1].Mine:
		out.Verb, out.Ready = words.T("Use mine"), true
	case d.side > 0:
		out.Verb, out.Ready = words.T("Use what %s wrote", c.Sides[d.side-1].By.Name), true
	}
	out.Ready = out.Ready && !c.ReadOnly && !d.busy
	return out
}

// say tells how it came to this.
func (c *Conflict) say() string {
	names := c.authors()
	if len(names) == 2 {
		return words.T("%s and %s wrote this before their laptops had met. Choose the one that holds, or write another; what is not chosen stays in the history.", names[0].Name, names[1].Name)
	}
	return words.T("%d values were written before laptops had met. Choose the one that holds, or write another; what is not chosen stays in the history.", len(c.Sides))
}

func (c *Conflict) side(now time.Time, i int, s Side, d decision) SideRow {
	row := SideRow{
		Number: i + 1, Person: Face{s.By.ID, s.By.Name}, Name: s.By.Name, When: words.Ago(now, s.At),
		Shown: c.Shows == i+1, Chosen: !d.writing && d.side == i+1,
	}
	if s.Mine {
		row.Name = words.T("%s (you)", s.By.Name)
	}
	if s.Laptop != "" {
		row.When += " · " + s.Laptop
	}
	shown := c.read(s.Text)
	others := make([]string, 0, len(c.Sides))
	for j, other := range c.Sides {
		if j != i {
			others = append(others, other.Text)
		}
	}
	row.Short = len([]rune(shown)) <= shortMost && !strings.Contains(shown, "\n")
	row.Runs = []Run{{Text: shown}}
	if c.Form == Prose && s.Text != "" {
		row.Runs = compared(s.Text, others)
	}
	return row
}

// read returns a value as people read it.
func (c *Conflict) read(text string) string {
	for _, o := range c.Options {
		if o.Value == text {
			return o.Words
		}
	}
	if text == "" {
		return "–"
	}
	return text
}

// of reports whether a row is of a document.
func (r *Row) of(document string) bool { return strings.HasPrefix(r.Key, document+"/") }

func equal(a, b SideRow) bool {
	return a.Number == b.Number && a.Person == b.Person && a.Name == b.Name && a.When == b.When && a.Shown == b.Shown && slices.Equal(a.Runs, b.Runs)
}
