package report_test

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/report"
	"cairn/core/fault"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/value"
)

var update = flag.Bool("update", false, "rewrite the reports in testdata")

// TestReportIsAsItWas compares reports with those that somebody has looked at.
func TestReportIsAsItWas(t *testing.T) {
	for _, l := range []report.Language{report.English, report.Korean} {
		for _, f := range []report.Format{report.HTML, report.Markdown} {
			name := filepath.Join("testdata", "everybody."+string(l)+"."+string(f))
			got := fonts.ReplaceAll(made(t, demo(t), report.Options{Format: f, Language: l}), []byte("…"))
			if *update {
				if err := os.WriteFile(name, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: (-want +got)\n%s", name, cmp.Diff(string(want), string(got)))
			}
		}
	}
}

// fonts are the characters that a page brings along.
var fonts = regexp.MustCompile(`data:font/ttf;base64,[A-Za-z0-9+/=]*`)

func made(tb testing.TB, p report.Project, o report.Options) []byte {
	tb.Helper()
	f, err := report.Make(p, o)
	if err != nil {
		tb.Fatal(err)
	}
	return f.Bytes
}

// part returns a report in Markdown from one heading to the next.
func part(tb testing.TB, p report.Project, o report.Options, heading string) string {
	tb.Helper()
	o.Format = report.Markdown
	_, found, ok := strings.Cut(string(made(tb, p, o)), "\n## "+heading+"\n")
	if !ok {
		tb.Fatalf("the report for %q has no part %q", o.Audience, heading)
	}
	found, _, _ = strings.Cut(found, "\n## ")
	return found
}

// TestEachReadsTheirPartFirst holds which part comes first for whom, and that
// none is left out.
func TestEachReadsTheirPartFirst(t *testing.T) {
	first := map[report.Audience]string{
		report.Everybody: "Value", report.Stakeholder: "Value", report.Expert: "Key metrics",
		report.Scientist: "Requirements", report.DataEngineer: "Data", report.MLEngineer: "Requirements",
	}
	var all []string
	for _, a := range append([]report.Audience{report.Everybody}, report.Audiences...) {
		var headings []string
		for _, found := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(string(made(t, demo(t), report.Options{Format: report.Markdown, Audience: a})), -1) {
			headings = append(headings, found[1])
		}
		if headings[0] != first[a] {
			t.Errorf("%q reads %q first, want %q", a, headings[0], first[a])
		}
		if slices.Sort(headings); all == nil {
			all = headings
		}
		if !slices.Equal(headings, all) {
			t.Errorf("%q reads %q, everybody %q", a, headings, all)
		}
	}
}

// TestEachReadsTheirWords holds what a reader is spared, and what not.
func TestEachReadsTheirWords(t *testing.T) {
	tests := []struct {
		audience report.Audience
		part     string
		has      []string
		lacks    []string
	}{
		{report.Stakeholder, "Data", []string{"Contract numbers look alike everywhere"}, []string{`d\{8\}`, "warehouse", "is present"}},
		{report.Stakeholder, "Value", []string{"Customers who leave a month × Churners the model finds", "Weak model", "\\$15,000 once", "mean of the last year"}, []string{"discounted\\_price", "triangular"}},
		{report.Scientist, "Value", []string{`kept \* discounted\_price`, "triangular", "It pays while"}, []string{"Weak model"}},
		{report.Scientist, "Requirements", []string{`recall \>= 80 %`, "recall: at least 80 %"}, nil},
		{report.DataEngineer, "Data", []string{`contract matches ^C-\\d\{8\}\$`, "warehouse.billing.invoices", "amount is between 0 and 500"}, nil},
		{report.Everybody, "Requirements", []string{"recall: at least 80 %", "cost\\_per\\_month: below \\$1,000 a month", "In dispute: threshold"}, []string{`\>=`}},
	}
	for _, tt := range tests {
		got := part(t, demo(t), report.Options{Audience: tt.audience}, tt.part)
		for _, want := range tt.has {
			if !strings.Contains(got, want) {
				t.Errorf("%q, %s: %q is not in\n%s", tt.audience, tt.part, want, got)
			}
		}
		for _, never := range tt.lacks {
			if strings.Contains(got, never) {
				t.Errorf("%q, %s: %q is in\n%s", tt.audience, tt.part, never, got)
			}
		}
	}
}

// TestEmptyPartsSaySo reads the report of a project that has only a name.
func TestEmptyPartsSaySo(t *testing.T) {
	p := report.Project{Name: "New"}
	for heading, want := range map[string]string{
		"Value": "There is no value estimate yet.", "Charter": "There is no charter yet.", "Requirements": "There are no requirements yet.",
		"Key metrics": "There are no key metrics yet.", "Data": "Nothing is expected of the data yet.",
		"Roles and responsibilities": "Nobody has said yet who is responsible for what.", "Sign-offs": "Nobody has signed off anything yet.", "Open points": "Nothing is open.",
	} {
		if got := part(t, p, report.Options{}, heading); !strings.Contains(got, want) {
			t.Errorf("%s: %q lacks %q", heading, got, want)
		}
	}
	for _, f := range report.Formats {
		for _, l := range []report.Language{report.English, report.Korean} {
			made(t, p, report.Options{Format: f, Language: l})
			made(t, report.Project{
				Charter: &noun.Charter{}, Requirements: make([]report.Requirement, 1), Columns: []report.MetricColumn{{Metrics: make([]report.Metric, 1)}},
				Sources: make([]report.Source, 1), Expectations: make([]report.Expectation, 1), Responsibilities: make([]report.Responsibility, 1), SignOffs: make([]report.SignOff, 1),
				Conflicts: make([]report.Conflict, 1), Comments: make([]report.Comment, 1), Models: make([]report.Model, 1),
			}, report.Options{Format: f, Language: l})
		}
	}
}

// TestEveryTemplateCanBeReported works out each of Cairn's own models, and models
// at the edge of what can be drawn.
func TestEveryTemplateCanBeReported(t *testing.T) {
	p := report.Project{Name: "All"}
	for _, name := range []string{"churn", "demand-forecast", "document-triage", "fraud", "lead-scoring", "predictive-maintenance", "recommendation"} {
		p.Models = append(p.Models, report.Model{Name: name, Estimate: estimate(t, name, nil)})
	}
	inf := math.Inf(1)
	for _, h := range []value.Histogram{{}, {Low: 1, High: 1, Counts: []int{3}}, {Low: math.NaN(), High: 2, Counts: []int{3}}, {Low: 0, High: 1, Counts: []int{0, 0}}, {Low: -1e308, High: 1e308, Counts: []int{1}}} {
		p.Models = append(p.Models, report.Model{Estimate: &value.Estimate{
			Histogram: h, Spread: value.Spread{SD: 1}, Unit: "USD/month", Expected: 1,
			Sensitivity: []value.Effect{{Name: "x", Swing: 1, ValueLow: 1, ValueHigh: inf}},
		}})
	}
	p.Models = append(p.Models, report.Model{Name: "Broken", Problem: sentence.New("The formula ends too early.")})
	for _, f := range report.Formats {
		if got := made(t, p, report.Options{Format: f}); f == report.Markdown && !strings.Contains(string(got), "can't be estimated: The formula ends too early.") {
			t.Error("what is wrong with a model is not said")
		}
	}
}

func TestOptionsThatThereAreNot(t *testing.T) {
	for _, o := range []report.Options{{Format: "docx"}, {Language: "fr"}} {
		if _, err := report.Make(report.Project{}, o); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for text, want := range map[string]report.Audience{"": report.Everybody, " Data-Scientist": report.Scientist, "product owner": report.Stakeholder, "ml engineer": report.MLEngineer, "expert": report.Expert} {
		if got, err := report.ParseAudience(text); err != nil || got != want {
			t.Errorf("ParseAudience(%q) = %q, %v", text, got, err)
		}
	}
	if _, err := report.ParseAudience("boss"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("ParseAudience(boss): %v", err)
	}
	for locale, want := range map[string]report.Language{"": "en", "C": "en", "ko_KR.UTF-8": "ko", "ko": "ko", "ko-KR": "ko", "de_DE": "en", "kok_IN": "en"} {
		if got := report.LanguageOf(locale); got != want {
			t.Errorf("LanguageOf(%q) = %q", locale, got)
		}
	}
}

func TestFileIsNamedAfterTheProject(t *testing.T) {
	for name, want := range map[string]string{
		"Churn reduction": "churn-reduction-2026-11-25.html", "../../etc/passwd": "etc-passwd-2026-11-25.html", "이탈 감소": "이탈-감소-2026-11-25.html",
		"": "report-2026-11-25.html", "CON:\x00*?": "con-2026-11-25.html", strings.Repeat("long ", 90): strings.TrimSuffix(strings.Repeat("long-", 12), "-") + "-2026-11-25.html",
	} {
		p := demo(t)
		p.Name = name
		f, err := report.Make(p, report.Options{})
		if err != nil || f.Name != want || f.MediaType != "text/html; charset=utf-8" {
			t.Errorf("%q: %q, %q, %v, want %q", name, f.Name, f.MediaType, err, want)
		}
	}
}

func BenchmarkMake(b *testing.B) {
	small, large := demo(b), demo(b)
	for len(large.Requirements) < 1000 {
		large.Requirements = append(large.Requirements, small.Requirements...)
	}
	for _, f := range report.Formats {
		for name, p := range map[string]report.Project{"demo": small, "1000 requirements": large} {
			b.Run(string(f)+"/"+name, func(b *testing.B) {
				n := 0
				for b.Loop() {
					n = len(made(b, p, report.Options{Format: f, Language: report.Korean}))
				}
				b.ReportMetric(float64(n)/1024, "KiB")
			})
		}
	}
}
