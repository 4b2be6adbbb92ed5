package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) memberCommand() *cobra.Command {
	return group("member", "See who is in the workspace, and change what they may do",
		"  cairn member list\n  cairn member role Ben approver\n  cairn member remove Ben",
		c.memberList(), c.memberRole(), c.memberRemove())
}

func (c *cli) memberList() *cobra.Command {
	return &cobra.Command{
		Use:                   "list",
		Short:                 "List who is in the workspace",
		Example:               "  cairn member list\n  cairn member list --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := ask(cmd.Context(), c, "Looking", app.ListMembers, app.ListMembersRequest{})
			if err != nil {
				return err
			}
			return c.print(list, func(w io.Writer) { c.printMembers(w, list) })
		},
	}
}

func (c *cli) printMembers(w io.Writer, list []app.Member) {
	var rows [][]string
	for _, m := range list {
		name := m.Name
		if m.You {
			name += " (you)"
		}
		rows = append(rows, []string{m.ID.String(), name, m.Right, strings.Join(m.Roles, ", "), strconv.Itoa(m.Devices)})
	}
	c.table(w, "ID,NAME,RIGHT,ROLES,DEVICES", rows)
}

func (c *cli) memberRole() *cobra.Command {
	return &cobra.Command{
		Use:   "role MEMBER RIGHT",
		Short: "Change what a member may do",
		Long: "Changes what a member may do. MEMBER is a name, an ID or the first digits of one. RIGHT is\n" +
			"viewer, who reads; contributor, who writes too; approver, who signs off too; or admin, who may do\n" +
			"everything. It takes an administrator, and somebody has to stay one.",
		Example:               "  cairn member role Ben approver",
		DisableFlagsInUseLine: true,
		Args:                  takes("MEMBER", "RIGHT"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return rights, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(rights, args[1]) {
				return usage(fmt.Sprintf("There is no right called %q.", clip(args[1])), "The rights are "+strings.Join(rights, ", ")+".")
			}
			m, err := ask(cmd.Context(), c, "Writing", app.SetRight, app.SetRightRequest{Member: args[0], Right: args[1]})
			if err != nil {
				return err
			}
			return c.print(m, func(w io.Writer) { fmt.Fprintf(w, "%s is %s now.\n", line(m.Name), m.Right) })
		},
	}
}

func (c *cli) memberRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove MEMBER",
		Short: "Remove a member, with all devices of theirs",
		Long: "Removes a member, named by name, ID or the first digits of it, with all devices of theirs. What they\n" +
			"wrote and this device has stays; what they write from now on counts nowhere. They can no longer see\n" +
			"new work, and keep what they already have. It takes an administrator, and nobody removes themselves.",
		Example:               "  cairn member remove Ben",
		DisableFlagsInUseLine: true,
		Args:                  takes("MEMBER"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := ask(cmd.Context(), c, "Writing", app.RemoveMember, app.MemberRequest{Member: args[0]})
			if err != nil {
				return err
			}
			return c.print(m, func(w io.Writer) {
				fmt.Fprintf(w, "%s is removed: can no longer see new work, and keeps what was there already.\n", line(m.Name))
			})
		},
	}
}
