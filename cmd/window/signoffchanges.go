package window

import (
	"maps"
	"slices"
	"strings"

	"cairn/app"
	"cairn/core/doc"
	"cairn/core/feed"
	"cairn/ui/signoff"
	"cairn/ui/words"
)

// changesOf tells what is different in a field: of a list of records, in each of
// them, by their names.
func changesOf(f app.FieldChange) []signoff.Change {
	base := signoff.Change{Field: f.Field, By: f.Person}
	if f.Time != nil {
		base.At = *f.Time
	}
	before, after := recordsOf(f.Old), recordsOf(f.New)
	if before == nil && after == nil {
		base.Old, base.New = text(f.Old), text(f.New)
		return []signoff.Change{base}
	}
	names := slices.Sorted(maps.Keys(after))
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, stays := after[name]; !stays {
			names = append(names, name)
		}
	}
	var out []signoff.Change
	for _, name := range names {
		if c, differs := recordChange(before[name], after[name]); differs {
			c.Field, c.By, c.At = name, base.By, base.At
			out = append(out, c)
		}
	}
	return out
}

// recordsOf returns the records of a list by what they are called, nil for
// anything else.
func recordsOf(v doc.Value) map[string]map[string]doc.Value {
	var out map[string]map[string]doc.Value
	for _, item := range v.Items() {
		fields := item.Fields()
		if fields == nil {
			return nil
		}
		if out == nil {
			out = map[string]map[string]doc.Value{}
		}
		name := text(fields["label"])
		if name == "" {
			name = text(fields["name"])
		}
		out[name] = fields
	}
	return out
}

// recordChange tells the parts of a record that differ.
func recordChange(before, after map[string]doc.Value) (signoff.Change, bool) {
	var old, now []string
	if a, b := amounts(before), amounts(after); a != b {
		old, now = append(old, a), append(now, b)
	}
	keys := slices.AppendSeq(slices.Collect(maps.Keys(before)), maps.Keys(after))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		a, b := before[key], after[key]
		if a == b || slices.Contains(amountKeys, key) || key == "name" || key == "label" {
			continue
		}
		if !a.IsNull() {
			old = append(old, said(key, a))
		}
		if !b.IsNull() {
			now = append(now, said(key, b))
		}
	}
	blank := func(said string) bool { return said == "" }
	old, now = slices.DeleteFunc(old, blank), slices.DeleteFunc(now, blank)
	return signoff.Change{Old: strings.Join(old, ", "), New: strings.Join(now, ", ")}, len(old)+len(now) > 0
}

// amountKeys are where a variable or cost has its numbers, from the least on.
var amountKeys = []string{"low", "mode", "value", "high"}

// amounts says the numbers of a record as a person reads them: "0.6 – 0.8 – 0.9".
func amounts(record map[string]doc.Value) string {
	var said []string
	for _, key := range amountKeys {
		if v := record[key]; !v.IsNull() {
			said = append(said, text(v))
		}
	}
	return strings.Join(said, " – ")
}

// said says one part of a record: a formula by itself, since it is what the record
// is about, anything else by its name.
func said(key string, v doc.Value) string {
	said := text(v)
	if fields := v.Fields(); fields != nil {
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(fields)) {
			parts = append(parts, k+" "+text(fields[k]))
		}
		said = strings.Join(parts, ", ")
	}
	if key == "formula" || key == "set" {
		return said
	}
	return words.Data(feed.Label(key)) + " " + said
}
