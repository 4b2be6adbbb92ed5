package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) docCommand() *cobra.Command {
	return group("doc", "Read and write any document, plainly",
		"  cairn doc kinds\n  cairn doc list requirement --project Churn\n  cairn doc set 01kjmma2ha threshold 0.85",
		c.docKinds(), c.docList(), c.docShow(), c.docCreate(), c.docSet(), c.docTrash(), c.docRestore(),
		c.docHistory(), c.docConflicts(), c.docResolve())
}

func (c *cli) docKinds() *cobra.Command {
	return &cobra.Command{
		Use:                   "kinds",
		Short:                 "List the kinds of documents and their fields",
		Long:                  "Lists the kinds of documents, their fields, how those merge and what they hold.",
		Example:               "  cairn doc kinds --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			kinds, err := ask(cmd.Context(), c, "Looking", app.ListKinds, app.ListKindsRequest{})
			if err != nil {
				return err
			}
			return c.print(kinds, func(w io.Writer) {
				var rows [][]string
				for _, k := range kinds {
					for _, f := range k.Fields {
						holds := f.Holds
						if len(f.OneOf) > 0 {
							holds = "one of " + strings.Join(f.OneOf, ", ")
						}
						rows = append(rows, []string{k.Name, f.Name, f.Merge, holds})
					}
				}
				c.table(w, "KIND,FIELD,MERGES AS,HOLDS", rows)
			})
		},
	}
}

func (c *cli) docList() *cobra.Command {
	var req app.ListDocsRequest
	cmd := &cobra.Command{
		Use:   "list KIND [--project P]",
		Short: "List the documents of a kind, the newest first",
		Long: "Lists the documents of a kind, the newest first, a page at a time. `cairn doc kinds` tells the\n" +
			"kinds. With --json `next` is what --after takes for the next page; the last has none.",
		Example: "  cairn doc list requirement --project Churn\n" +
			"  cairn doc list requirement --text recall --limit 10 --json\n" +
			"  cairn doc list requirement --trashed",
		DisableFlagsInUseLine: true,
		Args:                  takes("KIND"),
		ValidArgsFunction:     completeKind,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Kind = args[0]
			if cmd.Flags().Changed("limit") && req.Limit < 1 {
				return usage("A list can't have less than one document.", "Give --limit a number above 0.")
			}
			page, err := ask(cmd.Context(), c, "Listing", app.ListDocs, req)
			if err != nil {
				return err
			}
			return c.print(page, func(w io.Writer) { c.printPage(w, page) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&req.Project, "project", "", "only those of a project, by ID or name")
	flags.StringVar(&req.Text, "text", "", "only those with this in their title")
	flags.BoolVar(&req.Trashed, "trashed", false, "those in the trash instead")
	flags.IntVar(&req.Limit, "limit", 0, "how many at most, up to 10000 (default 100)")
	flags.StringVar(&req.After, "after", "", "go on where the list before ended, which tells")
	for _, name := range []string{"project", "text", "limit", "after"} {
		must(cmd.RegisterFlagCompletionFunc(name, noFiles))
	}
	return cmd
}

func (c *cli) printPage(w io.Writer, page app.DocPage) {
	if page.Total == 0 {
		fmt.Fprintln(w, "None.")
		return
	}
	var rows [][]string
	for _, d := range page.Documents {
		note := ""
		if d.Conflicts > 0 {
			note = count(d.Conflicts, "conflict")
		}
		rows = append(rows, []string{d.ID.String(), d.Title, clock(d.Updated), note})
	}
	c.table(w, "ID,TITLE,CHANGED,", rows)
	if page.Next != "" {
		fmt.Fprintf(w, "%d of %d; go on with --after %s\n", len(page.Documents), page.Total, page.Next)
	}
}

// docOne returns a command that takes an ID and shows the document it changed.
func (c *cli) docOne(use, short, long, doing string, call app.Call[app.DocRequest, app.Doc]) *cobra.Command {
	return &cobra.Command{
		Use:                   use + " ID",
		Short:                 short,
		Long:                  long,
		Example:               "  cairn doc " + use + " 01kjmma2ha",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := ask(cmd.Context(), c, doing, call, app.DocRequest{ID: args[0]})
			if err != nil {
				return err
			}
			return c.print(d, func(w io.Writer) { printDoc(w, d) })
		},
	}
}

func (c *cli) docShow() *cobra.Command {
	return c.docOne("show", "Show a document with all its fields",
		"Shows a document, named by its ID or the first digits of it, with all its fields. Where people\n"+
			"wrote different values at the same time, all of them are shown.", "Looking", app.ShowDoc)
}

func (c *cli) docTrash() *cobra.Command {
	return c.docOne("trash", "Move a document to the trash",
		"Moves a document to the trash: lists leave it out, and nothing of it is lost.", "Writing", app.MoveToTrash)
}

func (c *cli) docRestore() *cobra.Command {
	return c.docOne("restore", "Take a document out of the trash",
		"Takes a document out of the trash, with all that it held.", "Writing", app.TakeFromTrash)
}

func printDoc(w io.Writer, d app.Doc) {
	fmt.Fprintf(w, "%s %s\n", line(d.Kind), d.ID)
	fmt.Fprintf(w, "made %s, changed %s by %s\n", clock(d.Created), clock(d.Updated), line(d.UpdatedBy))
	if d.Trashed {
		fmt.Fprintln(w, "in the trash")
	}
	if d.Newer {
		fmt.Fprintln(w, "changed by a later version of Cairn: update to see all of it")
	}
	fmt.Fprintln(w)
	for _, name := range slices.Sorted(maps.Keys(d.Fields)) {
		value := printable(d.Fields[name].String())
		if strings.Contains(value, "\n") {
			value = "\n    " + strings.ReplaceAll(value, "\n", "\n    ")
		} else {
			value = " " + value
		}
		fmt.Fprintf(w, "%s:%s\n", name, value)
		for i, v := range d.Conflicts[name] {
			fmt.Fprintf(w, "    %d. %s  (%s, %s)\n", i+1, cell(v.Value.String()), line(v.Person), clock(v.Time))
		}
	}
	if len(d.Conflicts) > 0 {
		fmt.Fprintf(w, "\nSettle a conflict with `cairn doc resolve %s FIELD CHOICE`.\n", d.ID)
	}
}
