package sources_test

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/noun"
	"cairn/ui/sources"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		fields map[string]string
		want   string
	}{
		{map[string]string{"rule": "is a number", "column": "temperature", "share": "99 %"}, "temperature is a number in at least 99 % of rows"},
		{map[string]string{"rule": "is present", "column": "date"}, "date is present in every row"},
		{map[string]string{"rule": "is present", "column": "date", "share": "100"}, "date is present in every row"},
		{map[string]string{"rule": "is between", "column": "price", "low": "0", "high": "1,000"}, "price is between 0 and 1,000 in every row"},
		{map[string]string{"rule": "is between", "column": "price", "low": "0.5"}, "price is at least 0.5 in every row"},
		{map[string]string{"rule": "is one of", "column": "plan", "values": "S\nM\n\nL"}, "plan is one of S, M, L in every row"},
		{map[string]string{"rule": "is one of", "column": "plan", "values": "a\nb\nc\nd\ne\nf"}, "plan is one of a, b, c, d and 2 more in every row"},
		{map[string]string{"rule": "is no older than", "column": "read_at", "high": "6"}, "read_at is no older than 6 hours in every row"},
		{map[string]string{"rule": "is no older than", "column": "read_at", "high": "72"}, "read_at is no older than 3 days in every row"},
		{map[string]string{"rule": "agrees with"}, "a column agrees with another column in every row"},
		{map[string]string{"statement": "It looks right"}, ""},
	}
	for _, tt := range tests {
		if got := sources.Sentence(tt.fields); got != tt.want {
			t.Errorf("Sentence(%v) = %q, want %q", tt.fields, got, tt.want)
		}
	}
}

func TestWhatIsWrongIsSaidBesideItsField(t *testing.T) {
	tests := []struct {
		name   string
		fields map[string]string
		wrong  []string
	}{
		{"words alone", map[string]string{"statement": "x"}, nil},
		{"nothing said", map[string]string{}, []string{"statement"}},
		{"a rule without a column", map[string]string{"statement": "x", "rule": "is present"}, []string{"column"}},
		{"low above high", map[string]string{"statement": "x", "rule": "is between", "column": "c", "low": "5", "high": "3"}, []string{"low", "high"}},
		{"no end at all", map[string]string{"statement": "x", "rule": "is between", "column": "c"}, []string{"low"}},
		{"no number", map[string]string{"statement": "x", "rule": "is between", "column": "c", "low": "cold"}, []string{"low"}},
		{"no values", map[string]string{"statement": "x", "rule": "is one of", "column": "c", "values": "\n"}, []string{"values"}},
		{"no RE2", map[string]string{"statement": "x", "rule": "matches", "column": "c", "pattern": `(?=a)`}, []string{"pattern"}},
		{"a pattern", map[string]string{"statement": "x", "rule": "matches", "column": "c", "pattern": `^\d+$`}, nil},
		{"more than all", map[string]string{"statement": "x", "share": "150"}, []string{"share"}},
		{"an age of nothing", map[string]string{"statement": "x", "rule": "is no older than", "column": "c", "high": "0"}, []string{"high"}},
		{"no other column", map[string]string{"statement": "x", "rule": "agrees with", "column": "c"}, []string{"pattern"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := empty()
			p, _ := loaded(t, s)
			s.docs[sources.KindSource] = stocked().docs[sources.KindSource]
			fields := map[string]string{"source": "data_source1", "dimension": "accuracy"}
			p.Load(t.Context())
			id, _ := s.Create(t.Context(), "p", sources.KindExpectation, fields)
			p.Load(t.Context())
			p.Reveal(id)
			for field, text := range tt.fields {
				p.Expected.Type(id, field, text)
			}
			got := p.State.Get().Open.Problems
			if len(got) != len(tt.wrong) {
				t.Errorf("problems: %v, want of %q", got, tt.wrong)
			}
			for _, field := range tt.wrong {
				if got[field] == "" {
					t.Errorf("nothing is said about %s: %v", field, got)
				}
			}
		})
	}
}

// TestRulesAreThoseOfTheKind holds the rules and choices to what documents take.
func TestRulesAreThoseOfTheKind(t *testing.T) {
	is := func(kind *noun.Kind, field string, mine []string) {
		f, _ := kind.Field(field)
		if len(f.OneOf) != len(mine) {
			t.Errorf("%s: %q, want %q", field, mine, f.OneOf)
			return
		}
		for i := range mine {
			if f.OneOf[i] != mine[i] {
				t.Errorf("%s: %q, want %q", field, mine, f.OneOf)
			}
		}
	}
	is(noun.Expectations.Kind, "rule", sources.RuleKinds)
	is(noun.Expectations.Kind, "dimension", sources.Dimensions)
	for _, field := range []string{sources.Form, sources.Refresh, sources.Personal, sources.Access} {
		f, _ := noun.DataSources.Field(field)
		is(noun.DataSources.Kind, field, sources.Choices(field))
		for _, value := range f.OneOf {
			if sources.Said(field, value) == "" {
				t.Errorf("%s %q is called nothing", field, value)
			}
		}
	}
	for _, rule := range sources.RuleKinds {
		if sources.RuleName(rule) == "" {
			t.Errorf("the rule %q is called nothing", rule)
		}
	}
}

// TestPatternsAreThoseThatAreRead holds that a pattern is refused exactly when it
// can't be compiled, whatever is typed.
func TestPatternsAreThoseThatAreRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pattern := rapid.StringOfN(rapid.SampledFrom([]rune(`ab()[]{}*+?\d.^$|- `)), 1, 12, -1).Draw(rt, "pattern")
		_, err := regexp.Compile(pattern)
		problem := sources.CheckPattern(pattern)
		if (err != nil) != (problem != "") {
			rt.Errorf("%q: compiled with %v, said %q", pattern, err, problem)
		}
	})
}
