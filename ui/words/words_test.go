package words_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cairn/assets"
	"cairn/core/feed"
	"cairn/core/lifecycle"
	"cairn/core/noun"
	"cairn/core/template"
	"cairn/core/value"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// TestKoreanIsWhole fails when something that the window can say has no Korean,
// or a translation is of something that is said no more.
func TestKoreanIsWhole(t *testing.T) {
	texts := book(t, words.Korean)
	wanted := spokenInCode(t)
	for _, text := range spokenByData(t) {
		wanted[text] = true
	}
	below := collectSaid(t)
	for _, texts := range []map[string]bool{below.messages, below.hints, below.texts} {
		maps.Copy(wanted, texts)
	}
	for text := range wanted {
		if _, ok := texts[text]; !ok {
			t.Errorf("no part of assets/words/ko has %q", text)
		}
	}
	for text := range texts {
		if !wanted[text] && !slices.Contains(toolkit, text) && !slices.Contains(fields, text) {
			t.Errorf("assets/words/ko translates %q, which nothing says", text)
		}
	}
}

// toolkit are the texts of Fyne's own menus and dialogs that the window shows.
var toolkit = []string{"Copy", "Cut", "Paste", "Select all", "Undo", "Redo", "Cancel", "OK", "Yes", "No"}

// fields are names of stored fields that conflicts speak of.
var fields = []string{"formula", "name", "unit", "discount", "title", "metric", "comparison", "threshold"}

// TestTranslationsKeepTheirPlaces holds that a translation has the same places
// to fill as the text, in whatever order.
func TestTranslationsKeepTheirPlaces(t *testing.T) {
	verb := regexp.MustCompile(`%(?:\[\d\])?[.\d]*[dsf%]`)
	kinds := func(text string) []string {
		found := verb.FindAllString(text, -1)
		for i, v := range found {
			found[i] = v[len(v)-1:]
		}
		slices.Sort(found)
		return found
	}
	for _, l := range words.Languages {
		for text, translated := range book(t, l.Language) {
			if strings.Contains(text, "%s") || strings.Contains(text, "%d") {
				if !slices.Equal(kinds(text), kinds(translated)) {
					t.Errorf("%s: %q has other places than %q", l.Language, translated, text)
				}
			}
			if strings.TrimSpace(translated) == "" {
				t.Errorf("%s: %q is translated by nothing", l.Language, text)
			}
		}
	}
}

func book(t *testing.T, language words.Language) map[string]string {
	t.Helper()
	texts, err := words.Texts(language)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestNothingIsTranslatedTwice keeps one text in one part of a translation.
func TestNothingIsTranslatedTwice(t *testing.T) {
	parts, err := fs.Glob(assets.Words, "words/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{} // language and text → part
	for _, part := range parts {
		raw, err := assets.Words.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(raw, &texts); err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		for text := range texts {
			key := path.Dir(part) + text
			if seen[key] != "" {
				t.Errorf("%q is translated in %s and in %s", text, seen[key], part)
			}
			seen[key] = part
		}
	}
}

// spokenInCode returns every text that is given to T, N or Data as it
// stands: in the window, and in the reports, which read the same translations.
func spokenInCode(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for root, receiver := range map[string]string{"..": "words", "../../cmd/window": "words", "../../app/report": ""} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(parsed, func(n ast.Node) bool { collect(n, receiver, found); return true })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// collect adds the texts that a call says; receiver is what T is called on, or
// empty for anything.
func collect(n ast.Node, receiver string, found map[string]bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if of, ok := f.X.(*ast.Ident); ok && (of.Name == receiver || receiver == "") {
			name = f.Sel.Name
		}
	case *ast.Ident: // within package words
		name = f.Name
	}
	texts := map[string]int{"T": 1, "N": 2, "Data": 1}[name]
	for _, arg := range call.Args[:min(texts, len(call.Args))] {
		if literal, ok := arg.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil && text != "" {
				found[text] = true
			}
		}
	}
}

// spokenByData returns what Cairn itself has put into documents: templates,
// roles, areas.
func spokenByData(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, r := range lifecycle.RoleNames {
		texts = append(texts, shell.RoleName(r))
	}
	for _, kind := range []noun.Type{noun.TypeString, noun.TypeBool, noun.TypeInt, noun.TypeNumber, noun.TypeTime, noun.TypeRef, noun.TypeRecord} {
		texts = append(texts, kind.String())
	}
	texts = append(texts, lifecycle.Formats()...)
	texts = append(texts, feed.Formats()...)
	texts = append(texts, template.Formats()...)
	texts = append(texts, ofDesigns(t)...)
	texts = append(texts, "Speed", "Accuracy", "Transparency", "Compliance", "Budget", "Team")
	files, err := fs.Glob(assets.Templates, "templates/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := assets.Templates.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		m, err := value.ReadYAML(raw)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, ofModel(m)...)
	}
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

func ofModel(m value.Model) []string {
	about, _, _ := strings.Cut(strings.Join(strings.Fields(m.About), " "), ". ")
	texts := []string{m.Name, strings.TrimSuffix(about, ".") + "."}
	tails := func(unit string) {
		for _, x := range []float64{1, 2, 400} {
			texts = append(texts, strings.TrimSpace(strings.TrimPrefix(value.Amount(x, unit), value.Short(x, unit))))
		}
	}
	tails(m.Unit)
	for _, v := range m.Variables {
		texts = append(texts, v.Label, v.Why, strings.ReplaceAll(v.Name, "_", " "))
		tails(v.Unit)
	}
	for _, s := range m.Steps {
		texts = append(texts, s.Label)
		tails(s.Unit)
	}
	for _, c := range m.Costs {
		texts = append(texts, c.Label, c.Why)
		tails(c.Unit)
		if c.Every != "" {
			texts = append(texts, "every "+c.Every)
		}
	}
	for _, s := range m.Scenarios {
		texts = append(texts, s.Name)
	}
	return texts
}

func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	tests := []struct {
		text, unit string
		want       float64
		ok         bool
	}{
		{"1,200", "customer", 1200, true},
		{" $8 ", "USD", 8, true},
		{"80 %", "%", 0.8, true},
		{"80", "%", 0.8, true},
		{"0.8", "%", 0.8, true},
		{"1", "%", 1, true},
		{"250%", "%", 2.5, true},
		{"a thousand", "customer", 0, false},
		{"", "%", 0, false},
	}
	for _, tt := range tests {
		got, ok := words.ParseNumber(tt.text, tt.unit)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("ParseNumber(%q, %q) = %v, %v, want %v, %v", tt.text, tt.unit, got, ok, tt.want, tt.ok)
		}
	}
}

// TestNumberIsReadBack holds that what a field shows is read as what it holds.
func TestNumberIsReadBack(t *testing.T) {
	for _, unit := range []string{"", "%", "USD/month"} {
		for _, x := range []float64{0, 1, -3, 0.8, 0.275, 1234567.25, 100000, 1e-4, 3e9} {
			text := words.Number(x, unit)
			got, ok := words.ParseNumber(text, unit)
			if diff := got - x; !ok || diff > 1e-9 || diff < -1e-9 {
				t.Errorf("Number(%v, %q) = %q, read back as %v, %v", x, unit, text, got, ok)
			}
		}
	}
}

func TestAgoIsCoarserTheLonger(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		before time.Duration
		want   string
	}{
		{time.Second, "just now"}, {5 * time.Minute, "5 min ago"}, {3 * time.Hour, "3 h ago"}, {30 * time.Hour, "yesterday"}, {100 * time.Hour, "4 days ago"}, {-time.Hour, "just now"},
	}
	for _, tt := range tests {
		if got := words.Ago(now, now.Add(-tt.before)); got != tt.want {
			t.Errorf("Ago(%s) = %q, want %q", tt.before, got, tt.want)
		}
	}
}

func TestSpeakChangesTheLanguage(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	if err := words.Speak(words.Korean); err != nil {
		t.Fatal(err)
	}
	if got := words.T("Saved"); got == "Saved" {
		t.Errorf("T(Saved) = %q in Korean", got)
	}
	if got := words.Amount(3200, "USD/month"); got != "$3,200 / 월" {
		t.Errorf("Amount = %q in Korean", got)
	}
	if err := words.Speak("xx"); err == nil {
		t.Error("a language that there is not is spoken")
	}
}
