package noun

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/sentence"
)

// Parse reads what a person typed for the field: one value, or for a set or
// list a JSON array or words separated by commas. Empty text is Null, except
// in a text field. The error is a fault that names the field.
func (f Field) Parse(text string) (doc.Value, error) {
	switch {
	case f.Family == doc.FamilyText:
		return doc.String(text), nil
	case !f.many():
		return f.parseOne(text)
	case strings.HasPrefix(strings.TrimSpace(text), "["):
		return f.parseArray(text)
	case f.Type == TypeRecord && strings.TrimSpace(text) != "":
		v, err := f.parseOne(text)
		return doc.List(v), err
	default:
		return f.parseWords(strings.Split(text, ","))
	}
}

func (f Field) parseArray(text string) (doc.Value, error) {
	var v doc.Value
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return doc.Null, f.invalid(text, sentence.New("Write a JSON array, or words with commas between them."), err)
	}
	items := slices.DeleteFunc(v.Items(), doc.Value.IsNull)
	if f.Type == TypeRecord {
		return doc.List(items...), nil
	}
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = item.String()
	}
	return f.parseWords(words)
}

func (f Field) parseWords(words []string) (doc.Value, error) {
	var values []doc.Value
	for _, w := range words {
		w = strings.TrimSpace(w)
		if w == "" {
			continue
		}
		v, err := f.parseOne(w)
		if err != nil {
			return doc.Null, err
		}
		values = append(values, v)
	}
	return doc.List(values...), nil
}

func (f Field) parseOne(text string) (doc.Value, error) {
	if f.Type != TypeString || len(f.OneOf) > 0 {
		text = strings.TrimSpace(text)
	}
	if text == "" {
		return doc.Null, nil
	}
	if len(f.OneOf) > 0 && !slices.Contains(f.OneOf, text) {
		return doc.Null, f.notOneOf(text)
	}
	switch f.Type {
	case TypeBool:
		b, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			return doc.Null, f.invalid(text, sentence.New("Write true or false."), err)
		}
		return doc.Bool(b), nil
	case TypeInt:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return doc.Null, f.invalid(text, sentence.New("Write a whole number."), err)
		}
		return doc.Int(n), nil
	case TypeNumber:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return doc.Null, f.invalid(text, sentence.New("Write a number such as 0.8."), err)
		}
		return doc.Float(x), nil
	case TypeTime:
		return f.parseTime(text)
	case TypeRef:
		d, err := id.ParseDoc(text)
		if err != nil {
			return doc.Null, f.invalid(text, sentence.New("Write the ID of a document, as `cairn doc list` shows it."), err)
		}
		return doc.Ref(d), nil
	case TypeRecord:
		var v doc.Value
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return doc.Null, f.invalid(text, sentence.New("Write a JSON value."), err)
		}
		return v, nil
	default:
		return doc.String(text), nil
	}
}

func (f Field) parseTime(text string) (doc.Value, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return doc.Time(t), nil
		}
	}
	return doc.Null, f.invalid(text, sentence.New("Write a date such as 2026-03-31, or a time such as 2026-03-31T09:00:00Z."), nil)
}
