package thread_test

import (
	"math"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/thread"
)

func TestParseMeasured(t *testing.T) {
	got, err := thread.ParseMeasured([]string{
		"recall=0.83", " f1 = 78% ", "share=99.9 %", "delta=-1e-3", "zero=-0", "nothing=NaN", "most=+Inf", "half=.5", "재현율=1", "a b=3",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{
		"recall": 0.83, "f1": 0.78, "share": 0.999, "delta": -0.001, "zero": 0, "most": math.Inf(1), "half": 0.5, "재현율": 1, "a b": 3,
	}
	if !math.IsNaN(got["nothing"]) {
		t.Errorf("nothing is %v, want NaN", got["nothing"])
	}
	delete(got, "nothing")
	for name, value := range want {
		if got[name] != value || math.Signbit(got[name]) != math.Signbit(value) {
			t.Errorf("%s is %v, want %v", name, got[name], value)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("there is also %v", got)
	}
}

func TestParseMeasuredRefuses(t *testing.T) {
	const write, number = "Write NAME=VALUE, for example recall=0.83.", "Write a number such as 0.83, or 83%."
	for _, c := range []struct {
		words         []string
		message, hint string
	}{
		{[]string{"recall"}, `"recall" measures nothing.`, write},
		{[]string{""}, `"" measures nothing.`, write},
		{[]string{"=0.8"}, `"=0.8" measures nothing.`, write},
		{[]string{" =0.8"}, `" =0.8" measures nothing.`, write},
		{[]string{"recall="}, `The metric recall can't be "": it is a number.`, number},
		{[]string{"recall=high"}, `The metric recall can't be "high": it is a number.`, number},
		{[]string{"recall=0,8"}, `The metric recall can't be "0,8": it is a number.`, number},
		{[]string{"recall=1e999"}, `The metric recall can't be "1e999": it is a number.`, number},
		{[]string{"recall==0.8"}, `The metric recall can't be "=0.8": it is a number.`, number},
		{[]string{"recall=80%%"}, `The metric recall can't be "80%%": it is a number.`, number},
		{[]string{"recall=" + strings.Repeat("é", 50)}, `The metric recall can't be "` + strings.Repeat("é", 40) + `…": it is a number.`, number},
		{[]string{"recall=0.8", "f1=0.7", "Recall =0.8"}, "The metric Recall is measured twice.", "Leave one of the values out."},
	} {
		got, err := thread.ParseMeasured(c.words)
		if fault.KindOf(err) != fault.Invalid || fault.Message(err) != c.message || fault.Hint(err) != c.hint {
			t.Errorf("%q: %v, %v, %q\nwant %s %s", c.words, got, err, fault.Hint(err), c.message, c.hint)
		}
	}
}

func FuzzParseMeasured(f *testing.F) {
	for _, text := range []string{"recall=0.83", "f1=78%", "a=NaN\na=1", "=", "x=0x1p-2", "x=1_000", "x= %", "\xff=\xfe", "x=1e-400", "x=infinity%", "ſ=1\nS=2"} {
		f.Add(text)
	}
	g := thread.Gate{Unit: "%", Bounds: []thread.Bound{{Metric: "recall", Comparison: thread.AtLeast, Threshold: 80}}}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Split(text, "\n")
		got, err := thread.ParseMeasured(words)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || fault.Message(err) == "" || fault.Hint(err) == "" || len(fault.Message(err)) > 1000 {
				t.Fatalf("%q: %v is not for people", words, err)
			}
			return
		}
		if len(got) != len(words) {
			t.Fatalf("%q gives %v", words, got)
		}
		for name, value := range got {
			if name != strings.TrimSpace(name) || name == "" {
				t.Fatalf("%q gives the name %q", words, name)
			}
			r := evaluate(g, name, value)
			if asked := strings.EqualFold(name, "recall"); asked && r.State == thread.NoData != (math.IsNaN(value) || math.IsInf(value, 0)) || !asked && r.State != thread.NoData {
				t.Fatalf("%q is %v: %+v", name, value, r)
			}
		}
	})
}
