package noun

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cairn/core/doc"
	"cairn/core/id"
)

// Noun is a Kind with its typed view.
type Noun[T any] struct{ *Kind }

// Define returns the kind numbered number whose fields are those of T. A tag
// reads `cairn:"NUMBER[,FAMILY][,title][,oneof=A|B…]"`; the family is register
// (the default), multi, set, counter, list or text. It panics on a tag or type
// that makes no sense, so a faulty kind does not survive the first test.
func Define[T any](number uint16, name string) Noun[T] {
	if number == 0 || name == "" {
		panic(fmt.Sprintf("noun: kind %d %q needs a number above 0 and a name", number, name))
	}
	k := &Kind{Number: number, Name: name}
	if err := k.collect(reflect.TypeFor[T](), nil); err != nil {
		panic(fmt.Sprintf("noun: %s: %v", name, err))
	}
	return Noun[T]{k}
}

// collect adds the fields of t, those of embedded structs in place.
func (k *Kind) collect(t reflect.Type, index []int) error {
	if t.Kind() != reflect.Struct {
		return fmt.Errorf("%s is not a struct", t)
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(slices.Clone(index), i)
		if sf.Anonymous {
			if err := k.collect(sf.Type, at); err != nil {
				return err
			}
			continue
		}
		f, err := fieldOf(sf)
		if err == nil {
			err = k.fits(f, t)
		}
		if err != nil {
			return fmt.Errorf("field %s: %w", sf.Name, err)
		}
		f.index = at
		k.Fields = append(k.Fields, f)
	}
	return nil
}

// fits reports what speaks against one more field, of the struct t.
func (k *Kind) fits(f Field, t reflect.Type) error {
	if f.Number == projectField && t != reflect.TypeFor[InProject]() {
		return fmt.Errorf("number %d is kept for InProject", projectField)
	}
	for _, other := range k.Fields {
		switch {
		case other.Number == f.Number:
			return fmt.Errorf("shares number %d with %s", f.Number, other.Name)
		case other.Name == f.Name:
			return fmt.Errorf("shares its name with number %d", other.Number)
		case other.Title && f.Title:
			return fmt.Errorf("is a title beside %s", other.Name)
		}
	}
	return nil
}

func fieldOf(sf reflect.StructField) (Field, error) {
	f := Field{Name: snake(sf.Name), Family: doc.FamilyRegister}
	tag, ok := sf.Tag.Lookup("cairn")
	if !ok {
		return f, errors.New("has no cairn tag")
	}
	if !sf.IsExported() {
		return f, errors.New("is not exported")
	}
	if err := f.parseTag(tag); err != nil {
		return f, err
	}
	return f, f.setType(sf.Type)
}

func (f *Field) parseTag(tag string) error {
	parts := strings.Split(tag, ",")
	number, err := strconv.ParseUint(parts[0], 10, 16)
	if err != nil || number == 0 {
		return fmt.Errorf("tag %q does not start with a number above 0", tag)
	}
	f.Number = uint16(number)
	for _, p := range parts[1:] {
		if choices, ok := strings.CutPrefix(p, "oneof="); ok {
			f.OneOf = strings.Split(choices, "|")
			continue
		}
		switch p {
		case "title":
			f.Title = true
		case "register":
		case "multi":
			f.Family = doc.FamilyMulti
		case "set":
			f.Family = doc.FamilySet
		case "counter":
			f.Family = doc.FamilyCounter
		case "list":
			f.Family = doc.FamilyList
		case "text":
			f.Family = doc.FamilyText
		default:
			return fmt.Errorf("tag %q: unknown word %q", tag, p)
		}
	}
	return nil
}

// setType derives the type of values from the Go type, and checks that it
// fits the family and what else the tag says.
func (f *Field) setType(t reflect.Type) error {
	single := f.Family == doc.FamilyRegister || f.Family == doc.FamilyMulti
	switch t.Kind() {
	case reflect.Slice:
		if !f.many() {
			return fmt.Errorf("a %s field can't be a %s", f.Family, t)
		}
	case reflect.Pointer:
		if !single {
			return fmt.Errorf("a %s field can't be a %s", f.Family, t)
		}
	default:
		if f.many() {
			return fmt.Errorf("a %s field can't be a %s", f.Family, t)
		}
	}
	if f.many() || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var ok bool
	if f.Type, ok = typeOf(t); !ok {
		return fmt.Errorf("no field can be a %s", t)
	}
	switch {
	case f.Family == doc.FamilyText && f.Type != TypeString, f.Family == doc.FamilyCounter && f.Type != TypeInt:
		return fmt.Errorf("a %s field can't be a %s", f.Family, t)
	case f.Title && (f.Type != TypeString || f.many()):
		return errors.New("only one text can be the title")
	case f.OneOf != nil && (f.Type != TypeString || f.Family == doc.FamilyText || slices.Contains(f.OneOf, "")):
		return errors.New("only text has choices, and none may be empty")
	}
	return nil
}

// typeOf returns the type of the values that t holds.
func typeOf(t reflect.Type) (Type, bool) {
	switch {
	case t == reflect.TypeFor[id.Doc]():
		return TypeRef, true
	case t == reflect.TypeFor[time.Time]():
		return TypeTime, true
	case t == reflect.TypeFor[doc.Value]():
		return TypeRecord, true
	case t.Kind() == reflect.String:
		return TypeString, true
	case t.Kind() == reflect.Bool:
		return TypeBool, true
	case t.Kind() == reflect.Int64:
		return TypeInt, true
	case t.Kind() == reflect.Float64:
		return TypeNumber, true
	default:
		return 0, false
	}
}

// snake turns a Go name into the form of files: NeedsML, needs_ml; URLPath,
// url_path.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 {
			endsWord := !unicode.IsUpper(runes[i-1])
			startsWord := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if endsWord || startsWord {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
