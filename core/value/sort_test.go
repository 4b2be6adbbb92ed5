package value_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn/core/value"
)

func TestDrawsAreSorted(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]func() float64{
		"everything":    func() float64 { return (random.Float64() - 0.5) * math.Pow(10, float64(random.IntN(200)-100)) },
		"a few":         func() float64 { return float64(random.IntN(5) - 2) },
		"one":           func() float64 { return 7 },
		"both zeros":    func() float64 { return math.Copysign(0, float64(random.IntN(2))-0.5) },
		"close numbers": func() float64 { return 3200 + random.Float64()*1e-9 },
	}
	for name, draw := range kinds {
		for _, n := range []int{1, 10, 1999, 2000, 20_000} {
			xs := make([]float64, n)
			for i := range xs {
				xs[i] = draw()
			}
			got, from := value.Sorted(xs)
			if want := slices.Sorted(slices.Values(xs)); !slices.Equal(got, want) {
				t.Errorf("%s, %d of them, are not sorted", name, n)
			}
			seen := map[int]bool{}
			for i, at := range from {
				if xs[at] != got[i] || seen[at] {
					t.Fatalf("%s: number %d comes from %d", name, i, at)
				}
				seen[at] = true
			}
		}
	}
}
