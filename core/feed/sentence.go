package feed

import (
	"fmt"
	"slices"
)

// Sentence is what happened, for people. Whoever shows it in another language
// translates the format and those of its parts that are terms.
type Sentence struct {
	Format string `json:"format"` // with a %s for every part
	Parts  []Part `json:"parts"`
}

// Part is what stands in a place of a Sentence.
type Part struct {
	Text string `json:"text"`
	// Term says that it is a word of Cairn's own, a kind or a field, rather than
	// something that a person wrote.
	Term bool `json:"term,omitempty"`
}

// String returns s in English.
func (s Sentence) String() string {
	return s.In(func(text string) string { return text })
}

// In returns s in another language, of which translate knows the words.
func (s Sentence) In(translate func(string) string) string {
	args := make([]any, len(s.Parts))
	for i, p := range s.Parts {
		args[i] = p.Text
		if p.Term {
			args[i] = translate(p.Text)
		}
	}
	return fmt.Sprintf(translate(s.Format), args...)
}

func say(format string, parts ...Part) Sentence { return Sentence{format, parts} }

func name(text string) Part { return Part{Text: text} }

func term(text string) Part { return Part{Text: text, Term: true} }

// The sentences. The first place is for who did it.
const (
	made         = "%s created the %s “%s”"
	madeUnnamed  = "%s began the %s"
	madePerson   = "%s added %s to the team"
	trashed      = "%s moved “%s” to the trash"
	restored     = "%s took “%s” out of the trash"
	changedTo    = "%s changed %s of “%s” from %s to %s"
	setTo        = "%s set %s of “%s” to %s"
	cleared      = "%s cleared %s of “%s”"
	wrote        = "%s wrote in %s of “%s”"
	changed      = "%s changed %s of “%s”"
	changedTwo   = "%s changed %s and %s of “%s”"
	changedMany  = "%s changed %s fields of “%s”"
	changedPart  = "%s changed “%s” in %s of “%s”"
	added        = "%s added “%s” to %s of “%s”"
	removed      = "%s removed “%s” from %s of “%s”"
	settled      = "%s settled the conflict over %s of “%s”: %s"
	touched      = "%s changed “%s”"
	commented    = "%s commented on “%s”: %s"
	answered     = "%s answered on “%s”: %s"
	rewrote      = "%s rewrote a comment on “%s”: %s"
	resolved     = "%s resolved a comment on “%s”: %s"
	reopened     = "%s took up a comment on “%s” again: %s"
	uncommented  = "%s deleted a comment on “%s”"
	saidAgain    = "%s brought back a comment on “%s”: %s"
	approved     = "%s approved %s"
	rejected     = "%s rejected %s"
	withdrew     = "%s withdrew the verdict on %s"
	somebody     = "Somebody"
	untitled     = "Untitled"
	yes, no      = "yes", "no"
	notCommented = "Something"
	filled       = "%s answered “%s” in “%s”"
	filledWith   = "%s answered “%s” in “%s”: %s"
	emptied      = "%s took back the answer to “%s” in “%s”"
)

// Formats returns every text of Cairn's own that a Sentence or a Detail can
// have, for whoever translates them: formats and terms.
func Formats() []string {
	out := []string{
		made, madeUnnamed, madePerson, trashed, restored, changedTo, setTo, cleared, wrote, changed, changedTwo, changedMany,
		changedPart, added, removed, settled, touched, commented, answered, rewrote, resolved, reopened, uncommented, saidAgain, filled, filledWith, emptied,
		approved, rejected, withdrew, somebody, untitled, yes, no, notCommented,
	}
	for _, page := range pages {
		if page.label != "" {
			out = append(out, page.label)
		}
	}
	return slices.Concat(out, terms())
}
