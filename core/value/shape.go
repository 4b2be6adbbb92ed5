package value

import (
	"math"
	"slices"
	"strings"
	"sync"

	"gonum.org/v1/gonum/mathext"

	"cairn/core/sentence"
)

// Shape is how the numbers of a range are distributed.
type Shape string

// The shapes. For those with ends, low and high are the least and the most
// that can be; for Normal and LogNormal they are the 10th and the 90th
// percentile, the "low and high in eight of ten cases" that people can estimate
// (McNamee and Celona, Decision Analysis for the Professional, chapter 4).
const (
	Fixed      Shape = "fixed"
	Uniform    Shape = "uniform"    // anything between is as likely
	Triangular Shape = "triangular" // likeliest at the mode, less towards the ends in straight lines
	PERT       Shape = "pert"       // likeliest at the mode, smooth, with less weight at the ends
	Normal     Shape = "normal"     // symmetric, no ends
	LogNormal  Shape = "lognormal"  // never negative, with a long way up
)

// Shapes lists the shapes that a range can have, the simplest first.
var Shapes = []Shape{Uniform, Triangular, PERT, Normal, LogNormal}

// z90 is the 90th percentile of the standard normal distribution.
const z90 = 1.2815515655446004

// maxRatio bounds the ends of a log-normal number, whose tail would else leave
// what a computer can hold.
const maxRatio = 1e12

// pertWeight is how much more the mode counts than an end in PERT's mean, as
// in Malcolm et al., "Application of a Technique for Research and Development
// Program Evaluation" (1959).
const pertWeight = 4

// distribution is a checked quantity.
type distribution struct {
	shape           Shape
	best            float64 // the best guess: what the expected value is worked out with
	low, high, mode float64
	table           func() *quantileTable // of PERT, made when it is first drawn from
}

// resolve checks a quantity and settles what it leaves open.
func (q Quantity) resolve(where sentence.Sentence) (distribution, error) {
	for _, part := range []struct {
		name sentence.Sentence
		x    *float64
	}{{sentence.New("value"), q.Value}, {sentence.New("low"), q.Low}, {sentence.New("mode"), q.Mode}, {sentence.New("high"), q.High}} {
		name, x := part.name, part.x
		switch {
		case x == nil:
		case math.IsNaN(*x):
			return distribution{}, wrong(where, sentence.New("Give a number."), "Its %s is not a number.", name)
		case math.Abs(*x) > maxAmount:
			return distribution{}, wrong(where, sentence.New("Count in larger units."), "Its %s is too large.", name)
		}
	}
	if q.Value != nil && q.Mode != nil && *q.Value != *q.Mode {
		return distribution{}, wrong(where, sentence.New("Give one of them: both mean the likeliest number."), "It has the value %s and the mode %s.", FormatNumber(*q.Value), FormatNumber(*q.Mode))
	}
	likeliest := q.Mode
	if likeliest == nil {
		likeliest = q.Value
	}
	if q.Low == nil && q.High == nil {
		return q.exact(where, likeliest)
	}
	if q.Low == nil || q.High == nil {
		return distribution{}, wrong(where, sentence.New("Give low and high, or neither."), "A range has two ends, and this one has only one.")
	}
	return q.span(where, likeliest)
}

// exact resolves a quantity without a range.
func (q Quantity) exact(where sentence.Sentence, likeliest *float64) (distribution, error) {
	switch {
	case q.Distribution != "" && q.Distribution != Fixed && slices.Contains(Shapes, q.Distribution):
		return distribution{}, wrong(where, sentence.New("Give low and high."), "A %s distribution needs a range.", q.Distribution)
	case q.Distribution != "" && q.Distribution != Fixed:
		return distribution{}, q.noShape(where)
	case likeliest == nil:
		return distribution{}, wrong(where, sentence.New("Give a value, or low and high."), "It has no number.")
	}
	x := *likeliest
	return distribution{shape: Fixed, best: x, low: x, high: x, mode: x}, nil
}

// span resolves a range.
func (q Quantity) span(where sentence.Sentence, likeliest *float64) (distribution, error) {
	d := distribution{shape: q.Distribution, low: *q.Low, high: *q.High}
	if d.low > d.high {
		return d, wrong(where, sentence.New("Swap them."), "Its low, %s, is above its high, %s.", FormatNumber(d.low), FormatNumber(d.high))
	}
	if likeliest != nil && (*likeliest < d.low || *likeliest > d.high) {
		return d, wrong(where, sentence.New("Widen the range or change the number."), "%s lies outside its range from %s to %s.", FormatNumber(*likeliest), FormatNumber(d.low), FormatNumber(d.high))
	}
	if d.shape == "" {
		d.shape = Uniform
		if likeliest != nil {
			d.shape = Triangular
		}
	}
	needsMode := d.shape == Triangular || d.shape == PERT
	switch {
	case d.shape == Fixed:
		return d, wrong(where, sentence.New("Leave out low and high, or the distribution."), "A fixed number has no range.")
	case !slices.Contains(Shapes, d.shape):
		return d, q.noShape(where)
	case needsMode && likeliest == nil:
		return d, wrong(where, sentence.New("Give the mode: the likeliest number."), "A %s distribution needs a likeliest number between its ends.", d.shape)
	case d.shape == LogNormal && d.low <= 0:
		return d, wrong(where, sentence.New("Give a low above 0, or another distribution."), "A log-normal number is always above 0, and its low is %s.", FormatNumber(d.low))
	case d.low == d.high:
		return distribution{shape: Fixed, best: d.low, low: d.low, high: d.low, mode: d.low}, nil
	case d.shape == LogNormal && d.high/d.low > maxRatio:
		return d, wrong(where, sentence.New("Give ends that are closer."), "Its range is too wide for a log-normal number.")
	}
	if likeliest != nil {
		d.mode = *likeliest
	}
	if d.shape == PERT {
		alpha, beta := d.beta()
		d.table = sync.OnceValue(func() *quantileTable { return newQuantileTable(alpha, beta) })
	}
	d.best = d.mode
	if likeliest == nil {
		d.best = d.quantile(0.5)
	}
	return d, nil
}

func (q Quantity) noShape(where sentence.Sentence) error {
	names := make([]string, len(Shapes))
	for i, s := range Shapes {
		names[i] = string(s)
	}
	return wrong(where, sentence.New("Choose one of fixed, %s.", strings.Join(names, ", ")), "There is no distribution called %q.", clip(string(q.Distribution)))
}

// quantile returns the number that the quantity stays below with probability
// p, which lies between 0 and 1 and is neither.
func (d distribution) quantile(p float64) float64 {
	switch d.shape {
	case Uniform:
		return d.low + p*(d.high-d.low)
	case Triangular:
		return d.triangular(p)
	case PERT:
		return d.low + (d.high-d.low)*d.table().at(p)
	case Normal:
		middle := d.low + (d.high-d.low)/2
		return middle + (d.high-d.low)/(2*z90)*normalQuantile(p)
	case LogNormal:
		low, high := math.Log(d.low), math.Log(d.high)
		return math.Exp((low+high)/2 + (high-low)/(2*z90)*normalQuantile(p))
	default:
		return d.best
	}
}

// mean returns the mean in closed form.
func (d distribution) mean() float64 {
	switch d.shape {
	case Uniform, Normal:
		return d.low + (d.high-d.low)/2
	case Triangular:
		return (d.low + d.mode + d.high) / 3
	case PERT:
		return (d.low + pertWeight*d.mode + d.high) / (pertWeight + 2)
	case LogNormal:
		low, high := math.Log(d.low), math.Log(d.high)
		deviation := (high - low) / (2 * z90)
		return math.Exp((low+high)/2 + deviation*deviation/2)
	default:
		return d.best
	}
}

func (d distribution) triangular(p float64) float64 {
	width := d.high - d.low
	if turn := (d.mode - d.low) / width; p < turn {
		return d.low + math.Sqrt(p*width*(d.mode-d.low))
	}
	return d.high - math.Sqrt((1-p)*width*(d.high-d.mode))
}

// beta returns the parameters of the beta distribution that PERT stretches
// over the range.
func (d distribution) beta() (alpha, beta float64) {
	width := d.high - d.low
	return 1 + pertWeight*(d.mode-d.low)/width, 1 + pertWeight*(d.high-d.mode)/width
}

func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// quantileTable holds quantiles of a beta distribution at equal steps: the
// exact ones take a thousand times longer than a draw may.
type quantileTable struct {
	alpha, beta float64
	x           [tableCells + 1]float64 // quantile of i/tableCells
	slope       [tableCells + 1]float64 // its derivative there
}

const (
	tableCells = 512
	// exactCells at each end are not interpolated, since quantiles bend too much
	// there; between them the table is off by less than 3e-7 of the range.
	exactCells = 8
)

func newQuantileTable(alpha, beta float64) *quantileTable {
	t := &quantileTable{alpha: alpha, beta: beta}
	logNorm := mathext.Lbeta(alpha, beta)
	t.x[tableCells] = 1
	for i := 1; i < tableCells; i++ {
		x := mathext.InvRegIncBeta(alpha, beta, float64(i)/tableCells)
		t.x[i] = x
		t.slope[i] = math.Exp(logNorm - (alpha-1)*math.Log(x) - (beta-1)*math.Log1p(-x))
	}
	return t
}

// at returns the quantile of p, by the cubic that has the exact quantiles and
// slopes at both sides of p.
func (t *quantileTable) at(p float64) float64 {
	cell := int(p * tableCells)
	if cell < exactCells || cell >= tableCells-exactCells {
		return mathext.InvRegIncBeta(t.alpha, t.beta, p)
	}
	s := p*tableCells - float64(cell)
	r := 1 - s
	h := 1.0 / tableCells
	return r*r*((1+2*s)*t.x[cell]+s*h*t.slope[cell]) + s*s*((1+2*r)*t.x[cell+1]-r*h*t.slope[cell+1])
}
