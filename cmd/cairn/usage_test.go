package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// leaves returns every command that does something, with what it takes.
func leaves(cmd *cobra.Command) []*cobra.Command {
	if !cmd.HasSubCommands() {
		return []*cobra.Command{cmd}
	}
	var all []*cobra.Command
	for _, sub := range cmd.Commands() {
		all = append(all, leaves(sub)...)
	}
	return all
}

func allCommands(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		all = append(all, allCommands(sub)...)
	}
	return all
}

// refused runs a command line that makes no sense and checks how it is refused.
func refused(t *testing.T, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := run(args, strings.NewReader(""), &stdout, &stderr, time.Now); status != exitUsage {
		t.Errorf("cairn %q: exit status %d with %q, want %d", args, status, stderr.String(), exitUsage)
	}
	if complaint := notOneLine(stdout.String(), stderr.String()); complaint != "" {
		t.Errorf("cairn %q: %s", args, complaint)
	}
	for _, asked := range [][]string{append(slices.Clip(args), "--json"), append([]string{"--json"}, args...)} {
		stdout.Reset()
		stderr.Reset()
		if status := run(asked, strings.NewReader(""), &stdout, &stderr, time.Now); status != exitUsage {
			t.Errorf("cairn %q: exit status %d, want %d", asked, status, exitUsage)
		}
		var problem struct {
			Error struct{ Kind, Message, Hint string }
		}
		dec := json.NewDecoder(&stderr)
		dec.DisallowUnknownFields()
		err := dec.Decode(&problem)
		if err != nil || dec.More() || stdout.Len() > 0 || problem.Error.Kind != "invalid" || problem.Error.Message == "" || problem.Error.Hint == "" {
			t.Errorf("cairn %q: error %+v, %v, standard output %q", asked, problem, err, stdout.String())
		}
	}
}

// TestEveryCommandRefusesWhatItDoesNotTake gives every command too few and too
// many arguments and flags that it does not have.
func TestEveryCommandRefusesWhatItDoesNotTake(t *testing.T) {
	t.Setenv("CAIRN_DATA", t.TempDir()) // there is no workspace: nothing gets that far
	root := (&cli{}).root()
	for _, cmd := range leaves(root) {
		path := strings.Fields(cmd.CommandPath())[1:]
		t.Run(strings.Join(path, " "), func(t *testing.T) {
			if path[0] == "help" {
				refused(t, "help", "frobnicate")
				refused(t, "help", "doc", "frobnicate")
				return
			}
			required, most := takenBy(cmd)
			for n := range required {
				refused(t, append(path, words(n)...)...)
			}
			if most >= 0 {
				refused(t, append(path, words(most+1)...)...)
			}
			refused(t, append(append(path, words(required)...), "--frobnicate")...)
			refused(t, append(append(path, words(required)...), "-x")...)
			refused(t, append(append(path, "--json=maybe"), words(required)...)...)
		})
	}
}

// takenBy reads from a command's Use how many arguments it takes: most is -1
// when there is no end.
func takenBy(cmd *cobra.Command) (required, most int) {
	tokens := strings.Fields(cmd.Use)[1:]
	for i := 0; i < len(tokens); i++ {
		switch token := tokens[i]; {
		case strings.HasPrefix(token, "[--"):
			for !strings.Contains(tokens[i], "]") {
				i++
			}
		case strings.HasPrefix(token, "--"):
			i++ // its value
		case strings.HasSuffix(token, "…"):
			return required, -1
		case strings.HasPrefix(token, "["):
			most++
		default:
			required++
			most++
		}
	}
	return required, most
}

func words(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = "word"
	}
	return all
}

// TestGroupsRefuseWhatTheyDoNotKnow names the misspelt command, whatever flags follow.
func TestGroupsRefuseWhatTheyDoNotKnow(t *testing.T) {
	for _, args := range [][]string{
		{"frobnicate"},
		{"doc"},
		{"project"},
		{"doc", "frobnicate"},
		{"doc", "lsit", "requirement", "--project", "Churn"},
		{"project", "frobnicate", "x"},
		{"--frobnicate"},
		{"--data", "", "status"},
		{"statsu"},
	} {
		refused(t, args...)
	}
	for text, want := range map[string]string{
		"doc lsit requirement --project Churn": "cairn: There is no command `cairn doc lsit`. Did you mean `cairn doc list`?\n",
		"statsu --deep --json=false":           "cairn: There is no command `cairn statsu`. Did you mean `cairn status`?\n",
		"--deep":                               "cairn: There is no flag --deep. See `cairn --help`.\n",
	} {
		var stdout, stderr bytes.Buffer
		run(strings.Fields(text), strings.NewReader(""), &stdout, &stderr, time.Now)
		if stderr.String() != want {
			t.Errorf("cairn %s: %q, want %q", text, stderr.String(), want)
		}
	}
}

// longestArgument is what Linux lets a program be given.
const longestArgument = 128<<10 - 1

// TestHostileArgumentsAreRefusedInOneLine has what an attacker would have a
// person paste.
func TestHostileArgumentsAreRefusedInOneLine(t *testing.T) {
	t.Setenv("CAIRN_DATA", t.TempDir())
	for _, hostile := range []string{
		"\x1b[31mred", "a\nb", "\x9b31m", "\xff\xfe", "\u202eevil", "\x00", strings.Repeat("x", longestArgument), "\x1b]0;title\a", "`", "%s%n", "../../etc",
	} {
		for _, args := range [][]string{
			{hostile},
			{"doc", hostile},
			{"status", hostile},
			{"status", "--" + hostile},
			{"doc", "list", "person", "--limit", hostile},
			{"completion", hostile},
			{"help", hostile},
			{"node", "--listen", hostile},
			{"doc", "create", "person", hostile},
			{"init", "--keys", hostile, "--workspace", "a", "--person", "b"},
		} {
			if !strings.HasPrefix(args[len(args)-1], "-") || len(args) < 2 || args[1] != "--"+hostile {
				refused(t, args...)
			}
		}
	}
}
