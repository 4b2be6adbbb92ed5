package report

// Compact returns a number as drawings have it.
func Compact(l Language, x float64, unit string) string {
	return (&voice{language: l}).compact(x, unit)
}
