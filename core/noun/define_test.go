package noun_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/core/id"
	"cairn/core/noun"
)

type embedded struct {
	int //nolint:unused // embedding it is what the test is about
}

// faultyKinds are definitions that make no sense, by what the panic says.
var faultyKinds = map[string]func(){
	"needs a number above 0":    func() { noun.Define[sensor](0, "x") },
	"and a name":                func() { noun.Define[sensor](1, "") },
	"is not a struct":           func() { noun.Define[string](1, "x") },
	"field A: has no cairn tag": func() { noun.Define[struct{ A string }](1, "x") },
	"field a: is not exported": func() {
		noun.Define[struct {
			a string `cairn:"2"`
		}](1, "x")
	},
	"does not start with a number above 0": func() {
		noun.Define[struct {
			A string `cairn:"2x"`
		}](1, "x")
	},
	`"0" does not start`: func() {
		noun.Define[struct {
			A string `cairn:"0"`
		}](1, "x")
	},
	`"70000" does not start`: func() {
		noun.Define[struct {
			A string `cairn:"70000"`
		}](1, "x")
	},
	`unknown word "mutli"`: func() {
		noun.Define[struct {
			A string `cairn:"2,mutli"`
		}](1, "x")
	},
	"number 1 is kept for InProject": func() {
		noun.Define[struct {
			A id.Doc `cairn:"1"`
		}](1, "x")
	},
	"field B: shares number 2 with a": func() {
		noun.Define[struct {
			A string `cairn:"2"`
			B string `cairn:"2"`
		}](1, "x")
	},
	"shares its name with number 2": func() {
		noun.Define[struct {
			AB string `cairn:"2"`
			Ab string `cairn:"3"`
		}](1, "x")
	},
	"is a title beside a": func() {
		noun.Define[struct {
			A string `cairn:"2,title"`
			B string `cairn:"3,title"`
		}](1, "x")
	},
	"a set field can't be a string": func() {
		noun.Define[struct {
			A string `cairn:"2,set"`
		}](1, "x")
	},
	"a register field can't be a []": func() {
		noun.Define[struct {
			A []string `cairn:"2"`
		}](1, "x")
	},
	"a text field can't be a *string": func() {
		noun.Define[struct {
			A *string `cairn:"2,text"`
		}](1, "x")
	},
	"a text field can't be a int64": func() {
		noun.Define[struct {
			A int64 `cairn:"2,text"`
		}](1, "x")
	},
	"a counter field can't be a float64": func() {
		noun.Define[struct {
			A float64 `cairn:"2,counter"`
		}](1, "x")
	},
	"no field can be a int": func() {
		noun.Define[struct {
			A int `cairn:"2"`
		}](1, "x")
	},
	"no field can be a []string": func() {
		noun.Define[struct {
			A [][]string `cairn:"2,list"`
		}](1, "x")
	},
	"only one text can be the title": func() {
		noun.Define[struct {
			A int64 `cairn:"2,title"`
		}](1, "x")
	},
	"only text has choices": func() {
		noun.Define[struct {
			A int64 `cairn:"2,oneof=1|2"`
		}](1, "x")
	},
	"none may be empty": func() {
		noun.Define[struct {
			A string `cairn:"2,oneof="`
		}](1, "x")
	},
	"int is not a struct": func() { noun.Define[struct{ embedded }](1, "x") },
	"is defined twice":    func() { noun.NewCatalog(sensors.Kind, sensors.Kind) },
}

func TestFaultyKindsPanicAndSayWhy(t *testing.T) {
	for want, define := range faultyKinds {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, "noun: ") || !strings.Contains(got, want) {
					t.Errorf("panic %q, want one that says %q", got, want)
				}
			}()
			define()
		})
	}
}

func TestNamesInFiles(t *testing.T) {
	type names struct {
		NeedsML      string `cairn:"2"`
		URLPath      string `cairn:"3"`
		ID           string `cairn:"4"`
		P99Millis    string `cairn:"5"`
		DecidedByNow string `cairn:"6"`
	}
	var got []string
	for _, f := range noun.Define[names](901, "names").Fields {
		got = append(got, f.Name)
	}
	if got, want := strings.Join(got, " "), "needs_ml url_path id p99_millis decided_by_now"; got != want {
		t.Errorf("names %q, want %q", got, want)
	}
}
