package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

// rights are what a person may do in a workspace, the least first.
var rights = []string{"viewer", "contributor", "approver", "admin"}

func (c *cli) inviteCommand() *cobra.Command {
	var req app.MakeInviteRequest
	var expires string
	mine := false
	cmd := &cobra.Command{
		Use:   "invite [--role R] [--expires 7d] | --device-of-mine",
		Short: "Invite somebody into the workspace, or a further device of your own",
		Long: "Makes an invite, which lets one person in with one device, or one further device of yours. What it\n" +
			"prints is shown this once: give it to whom it is for and to nobody else.\n\n" +
			"It takes an administrator to invite a person. Everybody may invite devices of their own.",
		Example: "  cairn invite --role viewer --expires 24h\n  cairn invite --device-of-mine\n" +
			"  cairn invite list\n  cairn invite withdraw 6f0c",
		DisableFlagsInUseLine: true,
		Args:                  unknownCommand,

		SuggestionsMinimumDistance: suggestWithin,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if req.Hours, err = hours(expires); err != nil {
				return err
			}
			if mine {
				if req.Right != "" {
					return usage("A device of yours has the right that you have.", "Give one of --role and --device-of-mine.")
				}
				status, err := ask(cmd.Context(), c, "Looking", app.GetStatus, app.StatusRequest{})
				if err != nil {
					return err
				}
				req.Member = status.Person.ID.String()
			}
			made, err := ask(cmd.Context(), c, "Writing", app.MakeInvite, req)
			if err != nil {
				return err
			}
			return c.print(made, func(w io.Writer) { printInvited(w, made) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&req.Right, "role", "", "what the person may do: viewer, contributor, approver or admin (default contributor)")
	flags.StringVar(&expires, "expires", "7d", "until when it lets in: so many hours (24h) or days (7d) from now")
	flags.BoolVar(&mine, "device-of-mine", false, "let in a further device of your own")
	must(cmd.RegisterFlagCompletionFunc("role", completeWords(rights...)))
	must(cmd.RegisterFlagCompletionFunc("expires", completeWords("24h", "7d", "30d")))
	cmd.AddCommand(c.inviteList(), c.inviteWithdraw())
	return cmd
}

// hours reads a span of time in hours or days.
func hours(text string) (int, error) {
	unit := map[string]int{"h": 1, "d": 24}
	for suffix, hours := range unit {
		number, ok := strings.CutSuffix(text, suffix)
		n, err := strconv.Atoi(number)
		if ok && err == nil && n > 0 && n < 1<<20 {
			return n * hours, nil
		}
	}
	return 0, usage(fmt.Sprintf("%q is no span of time.", clip(text)), "Give hours, as 24h, or days, as 7d.")
}

func printInvited(w io.Writer, made app.Invited) {
	whom := "a new person as " + made.Right
	if made.Member != "" {
		whom = "a further device of " + line(made.Member)
	}
	fmt.Fprintf(w, "Invite %s lets in %s, once, until %s:\n", made.ID, whom, clock(made.Expires))
	fmt.Fprintln(w, cmp.Or(made.Link, made.Secret))
	fmt.Fprintln(w, "It is shown this once. Whoever has it gets in.")
}

func (c *cli) inviteList() *cobra.Command {
	return &cobra.Command{
		Use:                   "list",
		Short:                 "List the invites, and what became of each",
		Long:                  "Lists the invites that were ever made, the latest first, and whether each is open, used,\nwithdrawn or expired.",
		Example:               "  cairn invite list\n  cairn invite list --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := ask(cmd.Context(), c, "Looking", app.ListInvites, app.ListInvitesRequest{})
			if err != nil {
				return err
			}
			return c.print(list, func(w io.Writer) { c.printInvites(w, list) })
		},
	}
}

func (c *cli) printInvites(w io.Writer, list []app.Invite) {
	if len(list) == 0 {
		fmt.Fprintln(w, "No invites yet. `cairn invite` makes one.")
		return
	}
	var rows [][]string
	for _, i := range list {
		whom := "new " + i.Right
		if i.Member != "" {
			whom = "device of " + i.Member
		}
		rows = append(rows, []string{i.ID, whom, i.State, i.UsedBy, i.MadeBy, clock(i.Expires)})
	}
	c.table(w, "ID,LETS IN,STATE,USED BY,MADE BY,EXPIRES", rows)
}

func (c *cli) inviteWithdraw() *cobra.Command {
	return &cobra.Command{
		Use:                   "withdraw ID",
		Short:                 "End an invite that nobody has used",
		Long:                  "Ends an invite, named by its ID or the first digits of it, as `cairn invite list` shows it.",
		Example:               "  cairn invite withdraw 6f0c",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := ask(cmd.Context(), c, "Writing", app.WithdrawInvite, app.InviteRequest{ID: args[0]})
			if err != nil {
				return err
			}
			return c.print(i, func(w io.Writer) { fmt.Fprintf(w, "Invite %s is withdrawn.\n", i.ID) })
		},
	}
}
