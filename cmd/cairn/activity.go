package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/sentence"
)

func (c *cli) activityCommand() *cobra.Command {
	var req app.ActivityRequest
	cmd := &cobra.Command{
		Use:   "activity [--project P] [--person P] [--limit N] [--after NEXT]",
		Short: "Tell what happened, the latest first",
		Long: "Tells what happened, the latest first: what one person did to one document within ten minutes is\n" +
			"one line. `cairn doc history ID` tells every change of a document.\n\n" +
			"With --json, next asks for what came before, by --after. A page may be short and still have a next:\n" +
			"each looks through a part of the logs.",
		Example:               "  cairn activity --project Churn\n  cairn activity --person Ben --limit 10",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("limit") && req.Limit < 1 {
				return usage("A list can't have less than one entry.", "Give --limit a number above 0.")
			}
			page, err := ask(cmd.Context(), c, "Looking", app.ListActivity, req)
			if err != nil {
				return err
			}
			return c.print(page, func(w io.Writer) { printActivity(w, page) })
		},
	}
	cmd.Flags().StringVar(&req.Project, "project", "", "only in a project, by ID or name")
	cmd.Flags().StringVar(&req.Person, "person", "", "only by a `person`, by ID or name")
	cmd.Flags().IntVar(&req.Limit, "limit", 0, "at most so many entries (default 50)")
	cmd.Flags().StringVar(&req.After, "after", "", "go on behind a page, by its `next`")
	for _, name := range []string{"project", "person", "limit", "after"} {
		must(cmd.RegisterFlagCompletionFunc(name, noFiles))
	}
	return cmd
}

func printActivity(w io.Writer, page app.ActivityPage) {
	if len(page.Entries) == 0 && page.Next == "" {
		fmt.Fprintln(w, "Nothing has happened here yet.")
	}
	for _, e := range page.Entries {
		fmt.Fprintf(w, "%s  %s\n", clock(e.Time), line(e.Sentence))
		if len(e.Details) < 2 {
			continue // the sentence has said it
		}
		for _, d := range e.Details {
			if d.From != nil || d.To != nil {
				fmt.Fprintf(w, "%18s%s: %s\n", "", line(detailName(d)), line(fromTo(d)))
			}
		}
	}
	if page.Next != "" {
		fmt.Fprintln(w, "There is more: --limit shows more at once.")
	}
}

func detailName(d app.ActivityDetail) string {
	if d.Part != "" {
		return d.Label + " " + d.Part
	}
	return d.Label
}

func fromTo(d app.ActivityDetail) string {
	text := func(p *sentence.Arg) string {
		if p == nil {
			return ""
		}
		return p.Text
	}
	if d.From == nil {
		return text(d.To)
	}
	return text(d.From) + " → " + text(d.To)
}
