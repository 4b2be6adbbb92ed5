package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/lifecycle"
)

func (c *cli) signoffCommand() *cobra.Command {
	return group("signoff", "Sign off what a page says, and see what still holds",
		"  cairn signoff status Churn\n  cairn signoff give Churn value --approve --note 'Agreed in the steering group'\n  cairn signoff list Churn",
		c.signoffStatus(), c.signoffGive(), c.signoffList(), c.signoffRevoke())
}

const scopeHelp = "SCOPE is a page (charter, value, requirements, metrics, sources or roles), or design for the\n" +
	"phase as a whole."

func scopes() []string {
	var out []string
	for _, p := range append(slices.Clone(lifecycle.Pages), lifecycle.Design) {
		out = append(out, string(p))
	}
	return out
}

// completeScope completes SCOPE after PROJECT.
func completeScope(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return scopes(), cobra.ShellCompDirectiveNoFileComp
}

func (c *cli) signoffStatus() *cobra.Command {
	return &cobra.Command{
		Use:   "status PROJECT [SCOPE]",
		Short: "Tell how each page of the Design phase stands, and what it lacks",
		Long: "Tells how each page of the Design phase stands. With SCOPE, what that page lacks, whose sign-off it\n" +
			"wants, and with exit status 3 that it is not approved.\n\n" + scopeHelp,
		Example:               "  cairn signoff status Churn\n  cairn signoff status Churn value\n  cairn signoff status Churn design --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT", "[SCOPE]"),
		ValidArgsFunction:     completeScope,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 && !slices.Contains(scopes(), args[1]) {
				return usage(fmt.Sprintf("There is no page called %q.", clip(args[1])), "The pages are "+strings.Join(scopes(), ", ")+".")
			}
			r, err := ask(cmd.Context(), c, "Looking", app.ShowReadiness, app.ReadinessRequest{Project: args[0]})
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return c.print(r, func(w io.Writer) { c.printReadiness(w, r) })
			}
			page := r.Phase
			for _, p := range r.Pages {
				if string(p.Page) == args[1] {
					page = p
				}
			}
			if err := c.print(page, func(w io.Writer) { printPageState(w, page) }); err != nil {
				return err
			}
			if page.State != lifecycle.Approved && page.State != lifecycle.NotNeeded {
				return errNo
			}
			return nil
		},
	}
}

func (c *cli) signoffGive() *cobra.Command {
	req := app.GiveSignOffRequest{}
	approve, reject := false, false
	cmd := &cobra.Command{
		Use:   "give PROJECT SCOPE --approve|--reject [--note TEXT]",
		Short: "Approve or reject what a page says now",
		Long: "Approves or rejects what a page says now. It takes the right to approve. A page that lacks something\n" +
			"it must have can be rejected, and not approved. The sign-off is bound to the content: when that\n" +
			"changes, it holds no longer, and when the old content comes back, it holds again.\n\n" + scopeHelp,
		Example:               "  cairn signoff give Churn value --approve\n  cairn signoff give Churn design --reject --note 'No owner for the data'",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT", "SCOPE"),
		ValidArgsFunction:     completeScope,
		RunE: func(cmd *cobra.Command, args []string) error {
			if approve == reject {
				return usage("A sign-off says one thing.", "Give one of --approve and --reject.")
			}
			req.Project, req.Scope, req.Verdict = args[0], lifecycle.Page(args[1]), "approved"
			if reject {
				req.Verdict = "rejected"
			}
			s, err := ask(cmd.Context(), c, "Writing", app.GiveSignOff, req)
			if err != nil {
				return err
			}
			return c.print(s, func(w io.Writer) { printSignOff(w, s) })
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&approve, "approve", false, "say yes")
	flags.BoolVar(&reject, "reject", false, "say no")
	flags.StringVar(&req.Note, "note", "", "a word about why")
	flags.StringVar(&req.Role, "role", "", "in which role (default the one that the page wants of you)")
	must(cmd.RegisterFlagCompletionFunc("note", noFiles))
	must(cmd.RegisterFlagCompletionFunc("role", cobra.FixedCompletions(lifecycle.RoleNames, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func (c *cli) signoffList() *cobra.Command {
	return &cobra.Command{
		Use:   "list PROJECT [SCOPE]",
		Short: "List the sign-offs of a project, and what has changed since",
		Long: "Lists the sign-offs of a project, the latest first, how each stands, and what is not what it was\n" +
			"given for any more, field by field.\n\n" + scopeHelp,
		Example:               "  cairn signoff list Churn\n  cairn signoff list Churn value --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT", "[SCOPE]"),
		ValidArgsFunction:     completeScope,
		RunE: func(cmd *cobra.Command, args []string) error {
			req := app.ListSignOffsRequest{Project: args[0]}
			if len(args) > 1 {
				req.Scope = lifecycle.Page(args[1])
			}
			list, err := ask(cmd.Context(), c, "Looking", app.ListSignOffs, req)
			if err != nil {
				return err
			}
			return c.print(list, func(w io.Writer) { printSignOffs(w, list) })
		},
	}
}

func (c *cli) signoffRevoke() *cobra.Command {
	return &cobra.Command{
		Use:   "revoke ID",
		Short: "Take a sign-off of yours back",
		Long: "Takes a sign-off back, named by its ID or the first digits of it. Only who gave it can. It stays in\n" +
			"the list, as revoked.",
		Example:               "  cairn signoff revoke 01kjmma2ha",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := ask(cmd.Context(), c, "Writing", app.RevokeSignOff, app.RevokeSignOffRequest{ID: args[0]})
			if err != nil {
				return err
			}
			return c.print(s, func(w io.Writer) { printSignOff(w, s) })
		},
	}
}
