package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// cli is one run of the command line: where it reads and writes, what time it
// is, and what the
// flags for all commands say.
type cli struct {
	args     []string
	in       io.Reader
	out, err io.Writer
	now      func() time.Time

	dataDir string
	json    bool
	verbose bool

	asked    passphrases
	progress progress
}

func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "cairn",
		Short: "Take a team's machine-learning project through its whole life, on your own laptops",
		Long: "Cairn keeps a team's machine-learning projects on the team's own laptops: every change is\n" +
			"kept in a signed log, works offline and merges with what teammates do.\n\n" +
			"The workspace folder is the one that --data names, else CAIRN_DATA, else the system's data\n" +
			"folder. When a node or the window holds it, commands go through that.\n\n" +
			"Exit status: 0 done, 1 failed, 2 wrong usage, 3 the answer is no.",
		Example: "  cairn init --workspace Acme --person 'Ada Lovelace'\n" +
			"  cairn project create Churn\n" +
			"  cairn status --json",
		DisableFlagsInUseLine: true,

		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownCommand,

		SuggestionsMinimumDistance: suggestWithin,
		CompletionOptions:          cobra.CompletionOptions{DisableDefaultCmd: true},

		PersistentPreRunE: c.checkFlags,
		// As in a group; that there is no such flag is told when that is all.
		FParseErrWhitelist: cobra.FParseErrWhitelist{UnknownFlags: true},
		RunE: func(cmd *cobra.Command, _ []string) error {
			cmd.FParseErrWhitelist.UnknownFlags = false
			if err := cmd.ParseFlags(c.args); err != nil {
				return c.flagError(cmd, err)
			}
			return cmd.Help()
		},
	}
	flags := root.PersistentFlags()
	flags.StringVar(&c.dataDir, "data", "", "the workspace folder (default $CAIRN_DATA, or the system's data folder)")
	flags.BoolVar(&c.json, "json", false, "print exactly one JSON document on standard output")
	flags.BoolVarP(&c.verbose, "verbose", "v", false, "tell on standard error what goes on inside")
	root.SetFlagErrorFunc(c.flagError)
	root.AddCommand(
		c.initCommand(), c.demoCommand(), c.statusCommand(), c.verifyCommand(), c.backupCommand(), c.restoreCommand(), c.salvageCommand(),
		c.projectCommand(), c.docCommand(), c.valueCommand(), c.gateCommand(), c.metricCommand(), c.threadCommand(),
		c.templateCommand(), c.worksheetCommand(),
		c.commentCommand(), c.activityCommand(),
		c.guideCommand(), c.signoffCommand(),
		c.reportCommand(),
		c.inviteCommand(), c.joinCommand(), c.memberCommand(), c.deviceCommand(), c.peerCommand(), c.relayCommand(),
		c.nodeCommand(), c.versionCommand(), c.completionCommand(),
	)
	root.SetHelpCommand(helpCommand(root))
	return root
}

// suggestWithin is how many letters a misspelt command may be off.
const suggestWithin = 2

// checkFlags refuses what a script passes on by mistake: a variable that is
// not set must not lead to another folder or to all projects.
func (c *cli) checkFlags(cmd *cobra.Command, _ []string) error {
	for _, name := range []string{"data", "project"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && f.Value.String() == "" {
			return usage(fmt.Sprintf("The flag --%s names nothing.", name), "Give it a value, or leave it out.")
		}
	}
	return nil
}

// helpCommand replaces cobra's, which takes an unknown command for no error.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:                   "help [COMMAND]…",
		Short:                 "Explain a command",
		Example:               "  cairn help doc set",
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage(fmt.Sprintf("There is no command `cairn %s`.", clip(strings.Join(args, " "))), "`cairn help` lists the commands.")
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// group returns a command that only holds others.
func group(use, short, example string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Example: example, Args: unknownCommand, DisableFlagsInUseLine: true,
		// A misspelt command is the error to tell, not that its flags are unknown.
		FParseErrWhitelist: cobra.FParseErrWhitelist{UnknownFlags: true},

		SuggestionsMinimumDistance: suggestWithin,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usage(fmt.Sprintf("`%s` needs to know what to do.", cmd.CommandPath()), "See `"+cmd.CommandPath()+" --help`.")
		},
	}
	cmd.AddCommand(commands...)
	return cmd
}

func (c *cli) logger() *slog.Logger {
	if !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
