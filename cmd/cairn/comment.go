package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) commentCommand() *cobra.Command {
	return group("comment", "Discuss documents and their fields",
		"  cairn comment add 01kjmma2ha \"Is 80 % enough, @Ben?\" --field threshold\n  cairn comment list --project Churn --open\n  cairn comment inbox",
		c.commentAdd(), c.commentList(), c.commentInbox(), c.commentEdit(), c.commentSettle("resolve"), c.commentSettle("reopen"))
}

func (c *cli) commentAdd() *cobra.Command {
	var req app.AddCommentRequest
	cmd := &cobra.Command{
		Use:   "add ID TEXT [--field F] [--reply C]",
		Short: "Say something about a document, or answer a comment",
		Long: "Says something about a document or one of its fields. With --reply it answers a comment, and ID\n" +
			"is the document that the comment is about.\n\n" +
			"People are mentioned by @ and their name; `cairn comment inbox` shows them what waits.",
		Example: "  cairn comment add 01kjmma2ha \"Is 80 % enough, @Ben?\" --field threshold\n" +
			"  cairn comment add 01kjmma2ha \"It is.\" --reply 01kjmm9xq2",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID", "TEXT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.About, req.Body = args[0], args[1]
			thread, err := ask(cmd.Context(), c, "Writing", app.AddComment, req)
			if err != nil {
				return err
			}
			return c.print(thread, func(w io.Writer) { printThread(w, thread) })
		},
	}
	cmd.Flags().StringVar(&req.Field, "field", "", "the field of the document that it is about")
	cmd.Flags().StringVar(&req.Parent, "reply", "", "the `comment` that it answers, by ID")
	must(cmd.RegisterFlagCompletionFunc("field", func(cmd *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		return completeField(cmd, []string{""}, begun)
	}))
	must(cmd.RegisterFlagCompletionFunc("reply", noFiles))
	return cmd
}

func (c *cli) commentList() *cobra.Command {
	var req app.ListCommentsRequest
	cmd := &cobra.Command{
		Use:   "list [ID] [--project P] [--field F] [--open]",
		Short: "List what is said about a document or in a project",
		Long: "Lists what is said about a document, or in a project, or everywhere: threads, each with its answers,\n" +
			"the oldest first.",
		Example:               "  cairn comment list 01kjmma2ha\n  cairn comment list --project Churn --open",
		DisableFlagsInUseLine: true,
		Args:                  takes("[ID]"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				req.About = args[0]
			}
			list, err := ask(cmd.Context(), c, "Looking", app.ListComments, req)
			if err != nil {
				return err
			}
			return c.print(list, func(w io.Writer) { printThreads(w, list, req.Open) })
		},
	}
	cmd.Flags().StringVar(&req.Project, "project", "", "only in a project, by ID or name")
	cmd.Flags().StringVar(&req.Field, "field", "", "only about a field")
	cmd.Flags().BoolVar(&req.Open, "open", false, "only what is not resolved")
	must(cmd.RegisterFlagCompletionFunc("project", noFiles))
	must(cmd.RegisterFlagCompletionFunc("field", noFiles))
	return cmd
}

func (c *cli) commentInbox() *cobra.Command {
	var req app.ListMentionsRequest
	cmd := &cobra.Command{
		Use:   "inbox [--project P]",
		Short: "List what mentions you and waits for an answer",
		Long: "Lists the comments that mention the person of this device, the newest first, until the person has\n" +
			"answered or somebody has resolved the thread.",
		Example:               "  cairn comment inbox",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			waiting, err := ask(cmd.Context(), c, "Looking", app.ListMentions, req)
			if err != nil {
				return err
			}
			return c.print(waiting, func(w io.Writer) {
				if len(waiting) == 0 {
					fmt.Fprintln(w, "Nothing waits for you.")
				}
				for i, said := range waiting {
					if i > 0 {
						fmt.Fprintln(w)
					}
					fmt.Fprintln(w, aboutLine(said))
					printComment(w, said)
				}
			})
		},
	}
	cmd.Flags().StringVar(&req.Project, "project", "", "only in a project, by ID or name")
	must(cmd.RegisterFlagCompletionFunc("project", noFiles))
	return cmd
}

func (c *cli) commentEdit() *cobra.Command {
	return &cobra.Command{
		Use:                   "edit ID TEXT",
		Short:                 "Rewrite a comment of your own",
		Long:                  "Rewrites a comment of your own. What it said stays in the history: `cairn doc history ID`.",
		Example:               "  cairn comment edit 01kjmm9xq2 \"Is 80 % enough for finance?\"",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID", "TEXT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			thread, err := ask(cmd.Context(), c, "Writing", app.EditComment, app.EditCommentRequest{ID: args[0], Body: args[1]})
			if err != nil {
				return err
			}
			return c.print(thread, func(w io.Writer) { printThread(w, thread) })
		},
	}
}

// commentSettle is the commands resolve and reopen.
func (c *cli) commentSettle(word string) *cobra.Command {
	call, short := app.ResolveComment, "Mark a thread as settled"
	if word == "reopen" {
		call, short = app.ReopenComment, "Take up a settled thread again"
	}
	return &cobra.Command{
		Use:                   word + " ID",
		Short:                 short,
		Long:                  short + ", named by any of its comments.",
		Example:               "  cairn comment " + word + " 01kjmm9xq2",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			thread, err := ask(cmd.Context(), c, "Writing", call, app.CommentRequest{ID: args[0]})
			if err != nil {
				return err
			}
			return c.print(thread, func(w io.Writer) { printThread(w, thread) })
		},
	}
}

func printThreads(w io.Writer, list app.CommentList, open bool) {
	switch {
	case list.Total == 0:
		fmt.Fprintln(w, "Nobody has said anything yet. `cairn comment add ID TEXT` begins.")
	case open && list.Open == 0:
		fmt.Fprintln(w, "Nothing is open.")
	}
	for i, t := range list.Threads {
		if i > 0 {
			fmt.Fprintln(w)
		}
		printThread(w, t)
	}
}

func printThread(w io.Writer, t app.Talk) {
	fmt.Fprintln(w, aboutLine(t.Comment))
	printComment(w, t.Comment)
	for _, reply := range t.Replies {
		printComment(w, reply)
	}
	if t.Resolved {
		fmt.Fprintf(w, "  resolved by %s, %s\n", line(t.ResolvedBy.Name), clock(*t.ResolvedTime))
	}
}

// aboutLine says what a comment is about: "Find churners, threshold".
func aboutLine(said app.Comment) string {
	out := cell(cmp.Or(said.AboutTitle, said.AboutKind, said.About.String()))
	if said.Field != "" {
		out += ", " + cell(said.Field)
	}
	return out
}

func printComment(w io.Writer, said app.Comment) {
	note := ""
	switch {
	case said.EditedBy != nil:
		note = ", edited by " + line(said.EditedBy.Name)
	case said.Edited != nil:
		note = ", edited"
	}
	fmt.Fprintf(w, "  %s  %s, %s%s\n", said.ID, line(said.Author.Name), clock(said.Time), note)
	if said.Trashed {
		fmt.Fprintln(w, "    (deleted)")
		return
	}
	for text := range strings.Lines(printable(said.Body)) {
		fmt.Fprintf(w, "    %s\n", strings.TrimRight(text, "\n"))
	}
}
