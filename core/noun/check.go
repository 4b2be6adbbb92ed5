package noun

import (
	"slices"
	"strings"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/sentence"
)

// many reports whether the field holds elements rather than one value.
func (f Field) many() bool { return f.Family == doc.FamilySet || f.Family == doc.FamilyList }

// Check reports, as a fault that names the field, why the field can't be
// assigned v: a list for a set or list, one value for any other.
func (f Field) Check(v doc.Value) error {
	if v.IsNull() {
		return nil
	}
	if !f.many() {
		return f.checkOne(v)
	}
	if v.Type() != doc.TypeList {
		return fault.New(fault.Invalid, "The field %s holds a list.", "Give a list of values.").With(sentence.Own(f.Name))
	}
	for _, item := range v.Items() {
		if err := f.checkOne(item); err != nil {
			return err
		}
	}
	return nil
}

func (f Field) checkOne(v doc.Value) error {
	if f.Family != doc.FamilyText && v.Size() > doc.MaxValueBytes {
		return fault.New(fault.Invalid, "The value for %s is larger than 64 KiB.", "Keep long prose in a text field and data in a file.").With(sentence.Own(f.Name))
	}
	if !f.holds(v) {
		return f.invalid(v.String(), sentence.New("Give %s.", sentence.Own(f.Type.String())), nil)
	}
	if s, ok := v.AsString(); ok && len(f.OneOf) > 0 && !slices.Contains(f.OneOf, s) {
		return f.notOneOf(s)
	}
	return nil
}

// holds reports whether v is of the field's type.
func (f Field) holds(v doc.Value) bool {
	switch f.Type {
	case TypeBool:
		return v.Type() == doc.TypeTrue || v.Type() == doc.TypeFalse
	case TypeInt:
		return v.Type() == doc.TypeInt
	case TypeNumber:
		return v.Type() == doc.TypeInt || v.Type() == doc.TypeFloat
	case TypeTime:
		return v.Type() == doc.TypeTime
	case TypeRef:
		return v.Type() == doc.TypeRef
	case TypeString:
		return v.Type() == doc.TypeString
	default: // a record holds whatever was written
		return !v.IsNull()
	}
}

func (f Field) notOneOf(text string) error {
	return f.invalid(text, sentence.New("Choose one of %s.", strings.Join(f.OneOf, ", ")), nil)
}

// shownChars is how much of a wrong value an error message repeats.
const shownChars = 40

func (f Field) invalid(text string, hint sentence.Sentence, err error) error {
	shown := text
	if r := []rune(text); len(r) > shownChars {
		shown = string(r[:shownChars]) + "…"
	}
	return fault.Wrap(err, fault.Invalid, "The field %s can't be %q: it holds %s.", "%s").With(sentence.Own(f.Name), shown, sentence.Own(f.Type.String()), hint)
}
