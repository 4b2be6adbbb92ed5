package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"

	"cairn/core/id"
)

// shape compares a whole JSON document with what a file says of it: shape
// stdout FILE. The file is the document with, in place of a value, its type —
// string, number, boolean, time, id or any — or =TEXT for just that text. A
// list of one element says what each element is, and that there is one; a key
// that ends in ? may be missing.
func shape(ts *testscript.TestScript, _ bool, args []string) {
	var got, want any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &got))
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &want))
	if complaints := differences(got, want, "."); len(complaints) > 0 {
		ts.Fatalf("%s is not as in %s:\n%s", args[0], args[1], strings.Join(complaints, "\n"))
	}
}

func differences(got, want any, where string) []string {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v, no object", where, got)}
		}
		return objectDifferences(object, want, where)
	case []any:
		list, ok := got.([]any)
		if !ok || (len(want) == 0) != (len(list) == 0) {
			return []string{fmt.Sprintf("%s is %v, want a list with %d kind of element", where, got, len(want))}
		}
		var all []string
		for i, item := range list {
			all = append(all, differences(item, want[0], fmt.Sprintf("%s[%d]", where, i))...)
		}
		return all
	case string:
		if !isOf(got, want) {
			return []string{fmt.Sprintf("%s is %v, want %s", where, got, want)}
		}
		return nil
	default:
		if got != want {
			return []string{fmt.Sprintf("%s is %v, want %v", where, got, want)}
		}
		return nil
	}
}

func objectDifferences(got, want map[string]any, where string) []string {
	var all []string
	left := maps.Clone(got)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		name, optional := strings.CutSuffix(key, "?")
		value, ok := got[name]
		delete(left, name)
		switch {
		case ok:
			all = append(all, differences(value, want[key], where+name+".")...)
		case !optional:
			all = append(all, fmt.Sprintf("%s has no %s", where, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		all = append(all, fmt.Sprintf("%s has %s, which the shape does not know", where, name))
	}
	return all
}

// isOf reports whether a value is of the type, or the text, that want names.
func isOf(got any, want string) bool {
	text, isText := got.(string)
	switch want {
	case "any":
		return true
	case "string":
		return isText
	case "number":
		_, ok := got.(float64)
		return ok
	case "boolean":
		_, ok := got.(bool)
		return ok
	case "time":
		_, err := time.Parse(time.RFC3339, text)
		return err == nil && strings.HasSuffix(text, "Z")
	case "id":
		_, err := id.ParseDoc(text)
		return err == nil
	}
	literal, ok := strings.CutPrefix(want, "=")
	return ok && isText && text == literal
}

// firstID sets an environment variable to the id in a JSON document: firstid NAME FILE.
func firstID(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], field(ts, args[1], "id"))
}

func field(ts *testscript.TestScript, file, name string) string {
	var v map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &v))
	s, ok := v[name].(string)
	if !ok {
		ts.Fatalf("%s has no text field %s", file, name)
	}
	return s
}

// sameField checks that two JSON documents agree in a field: samefield NAME ONE OTHER.
func sameField(ts *testscript.TestScript, _ bool, args []string) {
	if a, b := field(ts, args[1], args[0]), field(ts, args[2], args[0]); a != b {
		ts.Fatalf("%s is %s in %s and %s in %s", args[0], a, args[1], b, args[2])
	}
}

// notOneLine says what is wrong with how a command refused.
func notOneLine(stdout, stderr string) string {
	text, ended := strings.CutSuffix(stderr, "\n")
	switch {
	case stdout != "":
		return fmt.Sprintf("standard output: %q, want nothing", stdout)
	case !ended || !strings.HasPrefix(text, "cairn: "):
		return fmt.Sprintf("standard error: %q, want a line that begins with cairn:", stderr)
	case strings.ContainsFunc(text, unicode.IsControl):
		return fmt.Sprintf("standard error holds control characters: %q", stderr)
	case !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?"):
		return fmt.Sprintf("standard error: %q, want a sentence", stderr)
	case len([]rune(text)) > 2100:
		return fmt.Sprintf("standard error has %d bytes", len(text))
	case strings.Contains(text, "went wrong inside"):
		return fmt.Sprintf("standard error: %q, want to know what", stderr)
	}
	return ""
}
