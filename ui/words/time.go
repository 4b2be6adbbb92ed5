package words

import "time"

// Ago says how long before now t was, as people do: coarser the longer.
func Ago(now, t time.Time) string {
	switch d := now.Sub(t); {
	case d < time.Minute:
		return T("just now")
	case d < time.Hour:
		return T("%d min ago", int(d/time.Minute))
	case d < 24*time.Hour:
		return T("%d h ago", int(d/time.Hour))
	case d < 48*time.Hour:
		return T("yesterday")
	case d < 30*24*time.Hour:
		return T("%d days ago", int(d/(24*time.Hour)))
	}
	return t.Local().Format("2006-01-02")
}

// Until says how long after now t is, as people do: coarser the longer, and never
// more than there is.
func Until(now, t time.Time) string {
	switch d := t.Sub(now); {
	case d < time.Minute:
		return T("in less than a minute")
	case d < time.Hour:
		return T("in %d min", int(d/time.Minute))
	case d < 48*time.Hour:
		return T("in %d h", int(d/time.Hour))
	}
	return T("in %d days", int(t.Sub(now)/(24*time.Hour)))
}

// Span returns how long something is, as people say it: "3 min".
func Span(d time.Duration) string {
	switch d = d.Abs(); {
	case d < time.Hour:
		return T("%d min", max(1, int(d.Round(time.Minute)/time.Minute)))
	case d < 48*time.Hour:
		return T("%d h", int(d.Round(time.Hour)/time.Hour))
	}
	return T("%d days", int(d/(24*time.Hour)))
}
