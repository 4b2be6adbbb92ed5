package words

import "strconv"

// Count returns a number of things as it is read: thousands apart.
func Count[N int | int64 | uint64](n N) string { return grouped(float64(n)) }

// Size returns so many bytes as people say it, coarser the more: "310 kB". Its
// units are powers of ten, as systems show files.
func Size(bytes uint64) string {
	const step = 1000
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	x, at := float64(bytes), 0
	for x >= step-0.5 && at < len(units)-1 {
		x, at = x/step, at+1
	}
	switch {
	case at == 0:
		return N("%d byte", "%d bytes", int(bytes)) //nolint:gosec // below a thousand
	case x < 10 && at > 1:
		return strconv.FormatFloat(x, 'f', 1, 64) + " " + units[at]
	default:
		return strconv.FormatFloat(x, 'f', 0, 64) + " " + units[at]
	}
}
