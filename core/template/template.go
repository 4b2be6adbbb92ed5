// Package template is a team's design documents before they are filled in:
// sections of fields, each with a question and what sort of answer it takes. It
// reads and writes them as YAML, as records of a document that merge, and as
// versions that never change; it says what is wrong with a template, what a new
// version means for answers that are there, and whether an answer fits its field.
package template

// Template is a design document to fill in. Sections and fields keep their keys
// when they are renamed, so that answers stay with their question.
type Template struct {
	Name     string    `json:"name"`
	About    string    `json:"about,omitempty"` // what it is for, and when to fill it in
	Phase    string    `json:"phase,omitempty"` // of the lifecycle that it belongs to, empty for any
	Sections []Section `json:"sections"`
}

// Section is a part of a template. One without a key holds fields whose section
// somebody took out while somebody else put them there.
type Section struct {
	Key    string  `json:"key,omitempty"`
	Title  string  `json:"title"`
	Help   string  `json:"help,omitempty"`
	Fields []Field `json:"fields"`
}

// Field is one question.
type Field struct {
	Key      string   `json:"key,omitempty"`
	Label    string   `json:"label"`
	Help     string   `json:"help,omitempty"`
	Kind     Kind     `json:"kind"`
	Required bool     `json:"required,omitempty"`
	Choices  []string `json:"choices,omitempty"` // of Choice and Choices
	Unit     string   `json:"unit,omitempty"`    // of Number, as package value reads it; of Money, a currency's code
	Of       string   `json:"of,omitempty"`      // of Link: the kind of document
	Example  string   `json:"example,omitempty"`
}

// The limits. A version is one value of a document, which bounds it as a whole.
const (
	MaxSections = 50
	MaxFields   = 200 // of a template; nobody fills in more in one sitting
	MaxChoices  = 50
	MaxLine     = 200       // runes of what is shown on one line
	MaxText     = 4000      // runes of what explains
	MaxBytes    = 60 << 10  // of a version as it is stored, see doc.MaxValueBytes
	MaxFile     = 512 << 10 // bytes of a template in YAML
	MaxAnswer   = 32 << 10  // bytes of an answer that is one value
)

// Fields returns every field in order.
func (t Template) Fields() []Field {
	var out []Field
	for _, s := range t.Sections {
		out = append(out, s.Fields...)
	}
	return out
}

// Field returns the field with the key.
func (t Template) Field(key string) (Field, bool) {
	for _, s := range t.Sections {
		for _, f := range s.Fields {
			if f.Key == key {
				return f, true
			}
		}
	}
	return Field{}, false
}
