package feed

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/core/doc"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// pages says on which page of the window the documents of a kind are, and what
// that page is called.
var pages = map[string]struct{ page, label string }{
	"project":        {"overview", ""},
	"charter":        {"charter", "Charter"},
	"value_model":    {"value", "Value"},
	"requirement":    {"requirements", "Requirements"},
	"key_metric":     {"metrics", "Key metrics"},
	"data_source":    {"sources", "Data sources"},
	"expectation":    {"sources", ""},
	"responsibility": {"roles", "Roles"},
	"sign_off":       {"sign-off", "Sign-off"},
	"template":       {"templates", ""},
	"worksheet":      {"worksheet", ""},
	"answer":         {"worksheet", ""},
	"person":         {"team", ""},
	"device":         {"team", ""},
	"workspace":      {"team", ""},
}

// PageOf returns the page of the window on which documents of a kind are, empty
// when they are on none.
func PageOf(kind string) string { return pages[kind].page }

// pageLabel returns what the page of that name, or the phase, is called.
func pageLabel(page string) string {
	for _, p := range pages {
		if p.page == page && p.label != "" {
			return p.label
		}
	}
	return Label(page)
}

// spelt are the words whose form as a label does not follow from their name.
var spelt = map[string]string{
	"needs_ml": "Needs ML", "without_ml": "Without ML", "sign_off": "Sign-off", "present": "Present way", "form": "Format", "why": "Reason",
}

// Label returns a kind or field of documents as it stands on its own: "needs_ml"
// is "Needs ML".
func Label(field string) string {
	if label, ok := spelt[field]; ok {
		return label
	}
	words := strings.ReplaceAll(field, "_", " ")
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + words[size:]
}

// kindTerm returns a kind as it stands within a sentence.
func kindTerm(kind string) string {
	if kind == "sign_off" {
		return "sign-off"
	}
	return strings.ReplaceAll(kind, "_", " ")
}

// ownSentences are the kinds whose sentences name no fields.
var ownSentences = []uint16{noun.Comments.Number, noun.SignOffs.Number, noun.Answers.Number}

// terms returns the names of the kinds and fields that Cairn comes with.
func terms() []string {
	var out []string
	for _, k := range noun.Builtin() {
		out = append(out, kindTerm(k.Name), Label(k.Name))
		for _, f := range k.Fields {
			if f.Name != "project" && !slices.Contains(ownSentences, k.Number) {
				out = append(out, Label(f.Name))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// shortRunes is how long a value may be to stand in a sentence.
const shortRunes = 48

// Short returns a value as it stands in a sentence, or false when it is too long
// or too much for one.
func (t Teller) Short(v doc.Value) (sentence.Arg, bool) {
	switch v.Type() {
	case doc.TypeTrue:
		return sentence.Own(yes), true
	case doc.TypeFalse:
		return sentence.Own(no), true
	case doc.TypeFloat, doc.TypeInt:
		x, _ := v.AsFloat()
		return sentence.Wrote(strconv.FormatFloat(x, 'f', -1, 64)), true
	case doc.TypeRef:
		d, _ := v.AsRef()
		if d.IsZero() {
			return sentence.Arg{}, false
		}
		title := t.Name(d)
		return sentence.Wrote(sentence.Clip(title, shortRunes)), title != ""
	case doc.TypeTime:
		at, _ := v.AsTime()
		return sentence.Wrote(at.Format("2006-01-02")), true
	case doc.TypeString:
		s, _ := v.AsString()
		s = strings.Join(strings.Fields(s), " ")
		return sentence.Wrote(s), s != "" && len([]rune(s)) <= shortRunes
	case doc.TypeRecord:
		s := itemName(v)
		return sentence.Wrote(sentence.Clip(s, shortRunes)), s != ""
	default: // nothing, or too much
		return sentence.Arg{}, false
	}
}

// itemName returns what to call a record of a list: what it is named by.
func itemName(v doc.Value) string {
	fields := v.Fields()
	for _, field := range []string{"label", "name", "title"} {
		if s, ok := fields[field].AsString(); ok && s != "" {
			return s
		}
	}
	return ""
}
