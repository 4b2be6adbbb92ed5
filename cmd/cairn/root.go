package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"cairn/core/fault"
)

// cli is one run of the command line: where it reads and writes, and what the
// flags for all commands say.
type cli struct {
	in       io.Reader
	out, err io.Writer

	dataDir string
	json    bool
	verbose bool
}

func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "cairn",
		Short: "Take a team's machine-learning project through its whole life, on your own laptops.",
		Long: "Cairn keeps a team's machine-learning projects on the team's own laptops: every change is\n" +
			"kept in a signed log, works offline and merges with what teammates do.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownCommand,

		SuggestionsMinimumDistance: 2,

		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&c.dataDir, "data", "", "the workspace folder (default $CAIRN_DATA, or the system's data folder)")
	flags.BoolVar(&c.json, "json", false, "print exactly one JSON document on standard output")
	flags.BoolVarP(&c.verbose, "verbose", "v", false, "tell on standard error what goes on inside")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fault.Wrap(err, fault.Invalid, sentence(err.Error()), "See `"+cmd.CommandPath()+" --help`.")
	})
	root.AddCommand(
		c.initCommand(), c.statusCommand(), c.verifyCommand(), c.backupCommand(), c.restoreCommand(),
		c.projectCommand(), c.docCommand(), c.nodeCommand(), c.versionCommand(),
	)
	root.SetHelpCommand(helpCommand(root))
	root.InitDefaultCompletionCmd()
	return root
}

// helpCommand replaces cobra's, which takes an unknown command for no error.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage(fmt.Sprintf("There is no command %q.", strings.Join(args, " ")), "`cairn help` lists the commands.")
			}
			return cmd.Help()
		},
	}
}

// group returns a command that only holds others.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Args: unknownCommand, RunE: func(cmd *cobra.Command, _ []string) error {
		return usage(fmt.Sprintf("`%s` needs to know what to do.", cmd.CommandPath()), "See `"+cmd.CommandPath()+" --help`.")
	}}
	cmd.AddCommand(commands...)
	return cmd
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "See `" + cmd.CommandPath() + " --help`."
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "Did you mean `" + cmd.CommandPath() + " " + near[0] + "`?"
	}
	return usage(fmt.Sprintf("There is no command `%s %s`.", cmd.CommandPath(), clip(args[0])), hint)
}

// clip shortens an argument for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// takes checks the number of arguments and names what is missing.
func takes(names ...string) cobra.PositionalArgs {
	required := 0
	for _, n := range names {
		if !strings.HasPrefix(n, "[") {
			required++
		}
	}
	return func(cmd *cobra.Command, args []string) error {
		hint := "Usage: " + cmd.UseLine() + "."
		if len(args) < required {
			return usage(fmt.Sprintf("`%s` needs %s.", cmd.CommandPath(), names[len(args)]), hint)
		}
		if len(args) > len(names) {
			return usage(fmt.Sprintf("`%s` does not know what to do with %q.", cmd.CommandPath(), clip(args[len(names)])), hint)
		}
		return nil
	}
}

// sentence makes a sentence of what a library says.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + strings.TrimRight(text[1:], ".") + "."
}

// dir returns the workspace folder.
func (c *cli) dir() (string, error) {
	dir := c.dataDir
	if dir == "" {
		dir = os.Getenv("CAIRN_DATA")
	}
	if dir != "" {
		return filepath.Abs(dir)
	}
	if xdg := os.Getenv("XDG_DATA_HOME"); xdg != "" {
		return filepath.Join(xdg, "cairn"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "The system does not say where your files belong.", "Name the workspace folder with --data.")
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Cairn"), nil
	case "windows":
		if local := os.Getenv("LocalAppData"); local != "" {
			return filepath.Join(local, "Cairn"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Cairn"), nil
	default:
		return filepath.Join(home, ".local", "share", "cairn"), nil
	}
}

func (c *cli) logger() *slog.Logger {
	if !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
