package demo

import (
	"slices"
	"strings"
	"time"
)

// Untold returns what the script of a language says that has no translation, and
// which translations nothing says.
func Untold(language string, now time.Time) (missing, unused []string, err error) {
	s, err := write(Guest{Person: "Ada", Language: language}, now)
	if err != nil {
		return nil, nil, err
	}
	for english := range s.untold {
		missing = append(missing, english)
	}
	for english := range s.said {
		if !s.told[english] {
			unused = append(unused, english)
		}
	}
	slices.SortFunc(missing, strings.Compare)
	slices.SortFunc(unused, strings.Compare)
	return missing, unused, nil
}

// Deeds returns when the deeds of the script are done.
func Deeds(seed uint64, now time.Time) ([]time.Time, error) {
	s, err := write(Guest{Person: "Ada", Language: "en", Seed: seed}, now)
	if err != nil {
		return nil, err
	}
	times := make([]time.Time, len(s.deeds))
	for i, d := range s.deeds {
		times[i] = d.at
	}
	return times, nil
}
