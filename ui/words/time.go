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
