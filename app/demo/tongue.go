package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// korean holds what people say in Korean by what they say in English.
//
//go:embed ko.json
var korean []byte

// tongue is the language of the demo, and the money that its people count in.
type tongue struct {
	said     map[string]string // English → this language; nil when it is English
	currency string
	perUSD   float64         // how much of the currency stands for a dollar: a round number, not a rate
	untold   map[string]bool // what was asked for and is not in said
	told     map[string]bool
}

func tongueOf(language string) (*tongue, error) {
	t := &tongue{currency: "USD", perUSD: 1, untold: map[string]bool{}, told: map[string]bool{}}
	if language == "ko" {
		t.currency, t.perUSD = "KRW", 1000
		if err := json.Unmarshal(korean, &t.said); err != nil {
			return nil, fmt.Errorf("read what the demo says in Korean: %w", err)
		}
	}
	return t, nil
}

// of returns what is said in English in this language, in which args replace
// {0}, {1} and so on.
func (t *tongue) of(english string, args ...string) string {
	text := english
	if t.said != nil {
		t.told[english] = true
		found, ok := t.said[english]
		if ok {
			text = found
		} else {
			t.untold[english] = true
		}
	}
	for i, arg := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), arg)
	}
	return text
}

// amount returns so many dollars in the currency.
func (t *tongue) amount(dollars float64) float64 { return dollars * t.perUSD }
