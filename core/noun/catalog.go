package noun

import (
	"fmt"
	"strings"

	"cairn/core/fault"
	"cairn/core/sentence"
)

// Catalog is the kinds that a program knows. It does not change after New.
type Catalog struct {
	kinds    []*Kind
	byNumber map[uint16]*Kind // number → kind
	byName   map[string]*Kind // name → kind
}

// NewCatalog returns the catalog of kinds. It panics when two share a number
// or a name.
func NewCatalog(kinds ...*Kind) *Catalog {
	c := &Catalog{kinds: kinds, byNumber: map[uint16]*Kind{}, byName: map[string]*Kind{}}
	for _, k := range kinds {
		if c.byNumber[k.Number] != nil || c.byName[k.Name] != nil {
			panic(fmt.Sprintf("noun: kind %d %q is defined twice", k.Number, k.Name))
		}
		c.byNumber[k.Number], c.byName[k.Name] = k, k
	}
	return c
}

// Builtin returns the kinds that Cairn comes with.
func Builtin() []*Kind {
	return []*Kind{
		Workspaces.Kind, Persons.Kind, Projects.Kind, Charters.Kind, Requirements.Kind, Comments.Kind,
		ValueModels.Kind, KeyMetrics.Kind, DataSources.Kind, Expectations.Kind, Responsibilities.Kind, SignOffs.Kind,
		Templates.Kind, Worksheets.Kind, Answers.Kind, Devices.Kind,
	}
}

// Kinds returns every kind, in the order given. The slice is shared: don't change it.
func (c *Catalog) Kinds() []*Kind { return c.kinds }

// ByNumber returns the kind numbered number, nil when a later version of
// Cairn made it.
func (c *Catalog) ByNumber(number uint16) *Kind { return c.byNumber[number] }

// ByName returns the kind called name. The error is a fault that lists the names.
func (c *Catalog) ByName(name string) (*Kind, error) {
	if k := c.byName[name]; k != nil {
		return k, nil
	}
	names := make([]string, len(c.kinds))
	for i, k := range c.kinds {
		names[i] = k.Name
	}
	return nil, fault.New(fault.Invalid, "There is no kind of document called %q.", "The kinds are %s.").With(name, strings.Join(names, ", "))
}

// FieldOf returns k's field called name. The error is a fault that lists the names.
func (k *Kind) FieldOf(name string) (Field, error) {
	if f, ok := k.Field(name); ok {
		return f, nil
	}
	names := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		names[i] = f.Name
	}
	return Field{}, fault.New(fault.Invalid, "A %s has no field called %q.", "Its fields are %s.").With(sentence.Own(k.Name), name, strings.Join(names, ", "))
}
