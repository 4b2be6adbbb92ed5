package words_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/sentence"
	"cairn/ui/words"
)

// said is what the floors below the window say to people, as translations look
// it up.
type said struct {
	messages, hints map[string]bool // of faults
	texts           map[string]bool // sentences and words of Cairn's own
}

// collectSaid reads it from the source of every floor whose faults come to the
// window. What can't be told from the source fails the test: messages, hints and
// formats are constants, or handed through a function of their package.
func collectSaid(t *testing.T) said {
	t.Helper()
	out := said{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, root := range []string{"../../core", "../../app", "../../sync", "..", "../../cmd/window"} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() && entry.Name() != "sentence" {
				parsePackage(t, name).collect(&out)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// onlyFiles are the readers of files: only the command line, which speaks
// English, is told what is wrong with one.
var onlyFiles = []string{"../../core/value/yaml.go", "../../core/template/yaml.go"}

// sourcePackage is the source of one folder.
type sourcePackage struct {
	t      *testing.T
	set    *token.FileSet
	files  []*ast.File
	consts map[string][]ast.Expr // name → values, within functions too
}

func parsePackage(t *testing.T, folder string) *sourcePackage {
	t.Helper()
	p := &sourcePackage{t: t, set: token.NewFileSet(), consts: map[string][]ast.Expr{}}
	names, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || slices.Contains(onlyFiles, filepath.ToSlash(name)) {
			continue
		}
		file, err := parser.ParseFile(p.set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		p.files = append(p.files, file)
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				for i := range min(len(spec.Names), len(spec.Values)) {
					p.consts[spec.Names[i].Name] = append(p.consts[spec.Names[i].Name], spec.Values[i])
				}
			}
			return true
		})
	}
	return p
}

// collect adds what the package says to out.
func (p *sourcePackage) collect(out *said) {
	p.calls(func(within *ast.FuncDecl, call *ast.CallExpr) {
		switch called(call) {
		case "fault.New":
			p.fault(within, call.Args[1:], out)
		case "fault.Wrap":
			p.fault(within, call.Args[2:], out)
		case "sentence.New":
			p.maybe(within, call.Args[0], out.texts)
		case "sentence.Own":
			p.maybe(within, call.Args[0], out.texts)
		}
	})
}

func (p *sourcePackage) fault(within *ast.FuncDecl, words []ast.Expr, out *said) {
	for i, into := range []map[string]bool{out.messages, out.hints} {
		texts, ok := p.texts(within, words[i], 0)
		if !ok {
			p.t.Errorf("%s: a fault that nobody can translate: give it constants, and their values by With", p.set.Position(words[i].Pos()))
		}
		add(into, texts)
	}
}

// maybe adds what a sentence is made of, unless it is only known when it runs.
func (p *sourcePackage) maybe(within *ast.FuncDecl, e ast.Expr, into map[string]bool) {
	texts, _ := p.texts(within, e, 0)
	add(into, texts)
}

func add(into map[string]bool, texts []string) {
	for _, text := range texts {
		if key := keyOf(text); strings.Trim(key, "%s :") != "" {
			into[key] = true
		}
	}
}

// keyOf returns what a translation of a format is looked up by.
func keyOf(format string) string {
	return sentence.New(format, make([]any, sentence.Places(format))...).Format
}

// texts returns the constants that e can be, and whether those are all: a
// literal, a constant of the package, or what callers hand to the function that
// it stands in.
func (p *sourcePackage) texts(within *ast.FuncDecl, e ast.Expr, depth int) ([]string, bool) {
	const deepest = 3
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return []string{text}, err == nil
	case *ast.Ident:
		if i := parameter(within, e.Name); i >= 0 && depth < deepest {
			return p.handed(within.Name.Name, i, depth+1)
		}
		var out []string
		whole := true
		for _, v := range p.consts[e.Name] {
			texts, ok := p.texts(nil, v, depth+1)
			out, whole = append(out, texts...), whole && ok
		}
		return out, whole && len(out) > 0
	}
	return nil, false
}

// handed returns what the calls of a function of the package have as an argument.
func (p *sourcePackage) handed(function string, argument, depth int) ([]string, bool) {
	var out []string
	whole := true
	p.calls(func(within *ast.FuncDecl, call *ast.CallExpr) {
		if name := called(call); name != function && !strings.HasSuffix(name, "."+function) || argument >= len(call.Args) {
			return
		}
		texts, ok := p.texts(within, call.Args[argument], depth)
		out, whole = append(out, texts...), whole && ok
	})
	return out, whole && len(out) > 0
}

// calls visits every call with the function that it stands in, nil outside of
// any.
func (p *sourcePackage) calls(visit func(*ast.FuncDecl, *ast.CallExpr)) {
	for _, file := range p.files {
		for _, decl := range file.Decls {
			within, _ := decl.(*ast.FuncDecl)
			ast.Inspect(decl, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					visit(within, call)
				}
				return true
			})
		}
	}
}

// parameter returns which parameter of f is called name, -1 for none.
func parameter(f *ast.FuncDecl, name string) int {
	if f == nil {
		return -1
	}
	i := 0
	for _, field := range f.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// called returns the name of what is called: "f" or "x.f".
func called(call *ast.CallExpr) string {
	function := call.Fun
	if of, ok := function.(*ast.IndexExpr); ok { // of a type
		function = of.X
	}
	switch f := function.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name + "." + f.Sel.Name
		}
		return "." + f.Sel.Name
	}
	return ""
}

// cli is what only the command line understands.
var cli = regexp.MustCompile("`cairn |--[a-z]|CAIRN_|the command|a terminal")

// TestTheWindowSpeaksOfNoCommands holds that a hint which sends a person to the
// command line sends them somewhere else in the window, in every language.
func TestTheWindowSpeaksOfNoCommands(t *testing.T) {
	below := collectSaid(t)
	english := book(t, words.English)
	maps.Copy(below.hints, below.texts) // some hints are sentences of their own
	for hint := range below.hints {
		if cli.MatchString(hint) && english[hint] == "" {
			t.Errorf("no part of assets/words/en says what to do in the window instead of %q", hint)
		}
	}
	for text := range english {
		if !below.hints[text] || !cli.MatchString(text) {
			t.Errorf("assets/words/en has %q, which is no hint to use the command line", text)
		}
	}
	for message := range below.messages {
		if cli.MatchString(message) {
			t.Errorf("%q says what to do: that is for the hint", message)
		}
	}
	for _, l := range words.Languages {
		for text, translated := range book(t, l.Language) {
			if cli.MatchString(translated) {
				t.Errorf("%s: %q is said as %q in the window", l.Language, text, translated)
			}
		}
	}
}

func TestAFaultIsSaidInTheLanguageInUse(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	gone := fmt.Errorf("open: %w", fault.New(fault.NotFound, "There is no workspace in %s.", "Make one with `cairn init`, or name another folder with --data.").With("/home/ada"))
	for _, c := range []struct {
		language words.Language
		err      error
		want     string
	}{
		{words.English, gone, "There is no workspace in /home/ada. Make one, or choose another folder."},
		{words.Korean, gone, "작업 공간이 없습니다: /home/ada. 새로 만들거나 다른 폴더를 고르세요."},
		{words.Korean, fault.New(fault.Invalid, "Nobody has translated this.", ""), "Nobody has translated this."},
		{words.English, io.EOF, "Something went wrong inside Cairn. Try again. If it happens again, open Cairn anew and report it."},
	} {
		if err := words.Speak(c.language); err != nil {
			t.Fatal(err)
		}
		if got := words.Fault(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", c.language, got, c.want)
		}
	}
}
