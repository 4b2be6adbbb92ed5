package value

import "math"

const (
	rootSteps     = 100
	rootTolerance = 1e-12 // relative
)

// root returns where f is 0 between a and b, whose values have different
// signs, by Brent's method: R. P. Brent, Algorithms for Minimization without
// Derivatives (1973), chapter 4. Where f jumps over 0, x is the jump; ok is false
// when f has no number somewhere between, or runs to infinity there.
func root(f func(float64) (float64, bool), a, b float64) (x float64, ok bool) {
	fa, okA := f(a)
	fb, okB := f(b)
	if !okA || !okB || (fa > 0) == (fb > 0) && fa != 0 && fb != 0 {
		return 0, false
	}
	within := min(math.Abs(fa), math.Abs(fb))
	if math.Abs(fa) < math.Abs(fb) {
		a, b, fa, fb = b, a, fb, fa
	}
	c, fc, last := a, fa, b-a
	halved := true
	for range rootSteps {
		if fb == 0 || math.Abs(b-a) <= rootTolerance*math.Abs(b) {
			break
		}
		s := interpolate(a, b, c, fa, fb, fc)
		step := math.Abs(s - b)
		if outside(s, (3*a+b)/4, b) || (halved && step >= math.Abs(b-c)/2) || (!halved && step >= math.Abs(last)/2) {
			s, halved = a+(b-a)/2, true
		} else {
			halved = false
		}
		fs, ok := f(s)
		if !ok {
			return 0, false
		}
		last = c - b
		c, fc = b, fb
		if (fa > 0) != (fs > 0) {
			b, fb = s, fs
		} else {
			a, fa = s, fs
		}
		if math.Abs(fa) < math.Abs(fb) {
			a, b, fa, fb = b, a, fb, fa
		}
	}
	return b, math.Abs(fb) <= within
}

// interpolate returns where the curve through three points crosses 0: inverse
// quadratic, or a straight line when two of them are level.
func interpolate(a, b, c, fa, fb, fc float64) float64 {
	if fa != fc && fb != fc {
		return a*fb*fc/((fa-fb)*(fa-fc)) + b*fa*fc/((fb-fa)*(fb-fc)) + c*fa*fb/((fc-fa)*(fc-fb))
	}
	return b - fb*(b-a)/(fb-fa)
}

func outside(x, a, b float64) bool { return x < min(a, b) || x > max(a, b) }
