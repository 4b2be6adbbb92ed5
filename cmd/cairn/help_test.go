package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/spf13/cobra"
)

// TestEveryCommandExplainsItself holds the help texts to what a reader needs.
func TestEveryCommandExplainsItself(t *testing.T) {
	root := (&cli{}).root()
	for _, cmd := range allCommands(root) {
		t.Run(cmd.CommandPath(), func(t *testing.T) {
			if r := []rune(cmd.Short); len(r) == 0 || len(r) > 90 || !unicode.IsUpper(r[0]) || strings.HasSuffix(cmd.Short, ".") || strings.Contains(cmd.Short, "\n") {
				t.Errorf("Short is %q, want a verb and no full stop", cmd.Short)
			}
			if cmd.Long != "" && !strings.HasSuffix(cmd.Long, ".") {
				t.Errorf("Long is %q, want sentences", cmd.Long)
			}
			for text := range strings.Lines(cmd.Long) {
				if width(text) > 101 {
					t.Errorf("Long has a line of %d columns: %q", width(text), text)
				}
			}
			if cmd.Example == "" {
				t.Error("there is no example")
			}
			for example := range strings.Lines(cmd.Example) {
				checkExample(t, root, cmd, strings.TrimSuffix(example, "\n"))
			}
			checkHelp(t, strings.Fields(cmd.CommandPath())[1:])
		})
	}
}

// checkExample finds the command and the flags of an example.
func checkExample(t *testing.T, root, cmd *cobra.Command, example string) {
	t.Helper()
	text, indented := strings.CutPrefix(example, "  ")
	_, text, called := strings.Cut(text, "cairn ")
	if !indented || !called {
		t.Errorf("the example %q does not call cairn", example)
		return
	}
	words := strings.Fields(strings.TrimSuffix(text, ")"))
	found, _, err := root.Find(words)
	if err != nil || (found != cmd && !cmd.HasSubCommands()) {
		t.Errorf("the example %q is about %v: %v", example, found.CommandPath(), err)
	}
	for _, word := range words {
		if word == "--" {
			return
		}
		name, isFlag := strings.CutPrefix(word, "--")
		if isFlag && found.Flag(name) == nil && root.PersistentFlags().Lookup(name) == nil {
			t.Errorf("the example %q has a flag --%s that the command does not have", example, name)
		}
	}
}

// checkHelp asks for the help of a command in both ways.
func checkHelp(t *testing.T, path []string) {
	t.Helper()
	var byFlag, byCommand, stderr bytes.Buffer
	if status := run(append(path, "--help"), strings.NewReader(""), &byFlag, &stderr, time.Now); status != exitDone || stderr.Len() > 0 {
		t.Errorf("--help: exit status %d with %q", status, stderr.String())
	}
	if status := run(append([]string{"help"}, path...), strings.NewReader(""), &byCommand, &stderr, time.Now); status != exitDone || stderr.Len() > 0 {
		t.Errorf("help: exit status %d with %q", status, stderr.String())
	}
	if byFlag.String() != byCommand.String() || !strings.Contains(byFlag.String(), "Usage:") {
		t.Errorf("--help says %q, help says %q", byFlag.String(), byCommand.String())
	}
}

func TestCairnAlonePrintsHelp(t *testing.T) {
	var alone, help, stderr bytes.Buffer
	if status := run(nil, strings.NewReader(""), &alone, &stderr, time.Now); status != exitDone || stderr.Len() > 0 {
		t.Errorf("exit status %d with %q", status, stderr.String())
	}
	run([]string{"help"}, strings.NewReader(""), &help, &stderr, time.Now)
	if alone.String() != help.String() {
		t.Errorf("cairn alone prints %q", alone.String())
	}
}
