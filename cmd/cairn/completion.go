package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"cairn/core/noun"
)

// shells are those that completion speaks, and how each is written.
var shells = map[string]func(root *cobra.Command, w io.Writer) error{
	"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"zsh":        func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) },
	"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"powershell": func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) },
}

func (c *cli) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Write the script by which a shell completes commands",
		Long: "Writes the script by which bash, zsh, fish or powershell completes commands, flags, kinds of\n" +
			"documents and their fields. Completing opens no workspace.",
		Example: "  source <(cairn completion bash)\n" +
			"  cairn completion zsh > ~/.zfunc/_cairn\n" +
			"  cairn completion fish > ~/.config/fish/completions/cairn.fish",
		Args:                  takes("SHELL"),
		ValidArgs:             []string{"bash", "zsh", "fish", "powershell"},
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := shells[args[0]]
			if !ok {
				return usage(fmt.Sprintf("There is no completion for the shell %q.", clip(args[0])), "The shells are bash, zsh, fish and powershell.")
			}
			return write(cmd.Root(), c.out)
		},
	}
}

// noFiles completes nothing, where the shell would offer files.
func noFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// completeKind completes KIND and nothing after it.
func completeKind(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, k := range noun.Builtin() {
		names = append(names, k.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeAssignments completes KIND, then FIELD= with the fields of the kind.
func completeAssignments(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return completeKind(cmd, args, begun)
	}
	var out []string
	for _, k := range noun.Builtin() {
		if k.Name != args[0] {
			continue
		}
		for _, f := range k.Fields {
			if f.Name == "project" {
				continue // named by --project
			}
			out = append(out, f.Name+"=")
			for _, value := range f.OneOf {
				out = append(out, f.Name+"="+value)
			}
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeField completes, after ID, the fields of every kind, because which
// kind the document is of only the workspace knows; then the values to choose from.
func completeField(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, k := range noun.Builtin() {
		for _, f := range k.Fields {
			switch {
			case len(args) == 1:
				out = append(out, f.Name)
			case len(args) == 2 && f.Name == args[1]:
				out = append(out, f.OneOf...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), cobra.ShellCompDirectiveNoFileComp
}

// completeWords completes the value of a flag.
func completeWords(words ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// must is for what only a mistake in a command's definition can make fail.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
