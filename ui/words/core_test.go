package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// saidByCore returns the formats of everything that the value model says about
// what people type: what is given to say, and what wrong makes a sentence of.
// Files are read on the command line only, which speaks English.
func saidByCore(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../core/value/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var found []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "/yaml.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if format, ok := formatOf(n); ok {
				found = append(found, format)
			}
			return true
		})
	}
	return found
}

// formatOf returns the literal that a call takes as its format.
func formatOf(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	f, ok := call.Fun.(*ast.Ident)
	if !ok {
		return "", false
	}
	at, ok := map[string]int{"say": 0, "wrong": 2}[f.Name]
	if !ok || at >= len(call.Args) {
		return "", false
	}
	literal, ok := call.Args[at].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}
