package thread

import (
	"strings"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// Gate is a requirement that can be measured.
type Gate struct {
	Requirement id.Doc
	Title       string
	// Bounds must all be met. There is one, unless people wrote different
	// metrics or comparisons at the same time; of different thresholds the
	// strictest is here.
	Bounds   []Bound
	Unit     string
	Owner    id.Person
	Disputed []Part // what people wrote differently at the same time
	// Unread says that the requirement holds something that this version of
	// Cairn can't read. The gate is closed then, whatever was measured.
	Unread bool
}

// Part is a part of a requirement without which it can't be measured, by the
// name of its field.
type Part string

// The parts.
const (
	PartMetric     Part = "metric"
	PartComparison Part = "comparison"
	PartThreshold  Part = "threshold"
)

// From returns the gate that the requirement d is, or else the parts that it
// lacks to be one.
func From(d *doc.Doc) (Gate, []Part) {
	view := noun.Requirements.View(d)
	g := Gate{Requirement: d.ID(), Title: view.Title, Unit: strings.TrimSpace(view.Unit), Owner: view.Owner}
	metrics, ofMetric := read(d, PartMetric, asName, sameName)
	comparisons, ofComparison := read(d, PartComparison, asComparison, itself[Comparison])
	thresholds, ofThreshold := read(d, PartThreshold, doc.Value.AsFloat, itself[float64])

	var missing []Part
	for _, o := range []opinions{ofMetric, ofComparison, ofThreshold} {
		switch o.count() {
		case 0:
			missing = append(missing, o.part)
		case 1:
		default:
			g.Disputed = append(g.Disputed, o.part)
		}
		g.Unread = g.Unread || o.unread
	}
	if d.Frozen() {
		// What was agreed last is something that a later version wrote.
		g.Unread, missing = true, nil
	}
	if missing != nil {
		return Gate{}, missing
	}
	g.Bounds = strictest(metrics, comparisons, thresholds)
	return g, nil
}

func asName(v doc.Value) (string, bool) {
	s, ok := v.AsString()
	return strings.TrimSpace(s), ok
}

func asComparison(v doc.Value) (Comparison, bool) {
	s, _ := asName(v)
	return Comparison(s), Comparison(s).known()
}

func itself[T any](x T) T { return x }

// opinions are what people want a part of a requirement to be.
type opinions struct {
	part    Part
	read    int  // values of different meaning
	cleared bool // somebody wants none
	unread  bool // somebody wants what this version does not understand
}

// count returns how many opinions there are. That a part was cleared is one
// only beside another: on its own the part is simply not there.
func (o opinions) count() int {
	n := o.read
	if o.unread {
		n++
	}
	if o.cleared && n > 0 {
		n++
	}
	return n
}

// read returns the values of a part, the latest first. Of those that share a
// key, which mean the same, one is returned.
func read[T any, K comparable](d *doc.Doc, part Part, as func(doc.Value) (T, bool), key func(T) K) ([]T, opinions) {
	var values []T
	o := opinions{part: part}
	field, _ := noun.Requirements.Field(string(part))
	seen := map[K]bool{}
	for _, v := range d.Multi(field.Number) {
		if isBlank(v.Value) {
			o.cleared = true
			continue
		}
		x, ok := as(v.Value)
		switch k := key(x); {
		case !ok:
			o.unread = true
		case !seen[k]:
			seen[k] = true
			values = append(values, x)
		}
	}
	o.read = len(values)
	return values, o
}

func isBlank(v doc.Value) bool {
	s, isString := asName(v)
	return v.IsNull() || isString && s == ""
}
