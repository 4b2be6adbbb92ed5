package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) docCommand() *cobra.Command {
	return group("doc", "Read and write any document, plainly",
		c.docKinds(), c.docList(), c.docShow(), c.docCreate(), c.docSet(), c.docTrash(), c.docRestore(),
		c.docHistory(), c.docConflicts(), c.docResolve())
}

func (c *cli) docKinds() *cobra.Command {
	return &cobra.Command{
		Use:   "kinds",
		Short: "List the kinds of documents and their fields",
		Args:  takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			kinds, err := ask(cmd.Context(), c, app.ListKinds, app.ListKindsRequest{})
			if err != nil {
				return err
			}
			c.print(kinds, func(w io.Writer) {
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
				table(w, "KIND,FIELD,MERGES AS,HOLDS", rows)
			})
			return nil
		},
	}
}

func (c *cli) docList() *cobra.Command {
	var req app.ListDocsRequest
	cmd := &cobra.Command{
		Use:   "list KIND [--project P]",
		Short: "List the documents of a kind, the newest first",
		Args:  takes("KIND"),
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Kind = args[0]
			page, err := ask(cmd.Context(), c, app.ListDocs, req)
			if err != nil {
				return err
			}
			c.print(page, func(w io.Writer) { printPage(w, page) })
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&req.Project, "project", "", "only those of a project, by ID or name")
	flags.StringVar(&req.Text, "text", "", "only those with this in their title")
	flags.BoolVar(&req.Trashed, "trashed", false, "those in the trash instead")
	flags.IntVar(&req.Limit, "limit", 0, "how many at most (default 100)")
	flags.StringVar(&req.After, "after", "", "go on where the list before ended: its `next`")
	return cmd
}

func printPage(w io.Writer, page app.DocPage) {
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
	table(w, "ID,TITLE,CHANGED,", rows)
	if page.Next != "" {
		fmt.Fprintf(w, "%d of %d; go on with --after %s\n", len(page.Documents), page.Total, page.Next)
	}
}

// docOne returns a command that takes an ID and shows the document it changed.
func (c *cli) docOne(use, short string, call app.Call[app.DocRequest, app.Doc]) *cobra.Command {
	return &cobra.Command{
		Use:   use + " ID",
		Short: short,
		Args:  takes("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := ask(cmd.Context(), c, call, app.DocRequest{ID: args[0]})
			if err != nil {
				return err
			}
			c.print(d, func(w io.Writer) { printDoc(w, d) })
			return nil
		},
	}
}

func (c *cli) docShow() *cobra.Command {
	return c.docOne("show", "Show a document with all its fields", app.ShowDoc)
}

func (c *cli) docTrash() *cobra.Command {
	return c.docOne("trash", "Move a document to the trash", app.MoveToTrash)
}

func (c *cli) docRestore() *cobra.Command {
	return c.docOne("restore", "Take a document out of the trash", app.TakeFromTrash)
}

func printDoc(w io.Writer, d app.Doc) {
	fmt.Fprintf(w, "%s %s\n", d.Kind, d.ID)
	fmt.Fprintf(w, "made %s, changed %s by %s\n", clock(d.Created), clock(d.Updated), printable(d.UpdatedBy))
	if d.Trashed {
		fmt.Fprintln(w, "in the trash")
	}
	if d.Newer {
		fmt.Fprintln(w, "changed by a later version of Cairn: update to see all of it")
	}
	names := make([]string, 0, len(d.Fields))
	for name := range d.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintln(w)
	for _, name := range names {
		value := printable(d.Fields[name].String())
		if strings.Contains(value, "\n") {
			value = "\n    " + strings.ReplaceAll(value, "\n", "\n    ")
		}
		fmt.Fprintf(w, "%s: %s\n", name, value)
		for i, v := range d.Conflicts[name] {
			fmt.Fprintf(w, "    %d. %s  (%s, %s)\n", i+1, oneLine(v.Value.String()), printable(v.Person), clock(v.Time))
		}
	}
	if len(d.Conflicts) > 0 {
		fmt.Fprintf(w, "\nSettle a conflict with `cairn doc resolve %s FIELD CHOICE`.\n", d.ID)
	}
}

func (c *cli) docCreate() *cobra.Command {
	var project string
	cmd := &cobra.Command{
		Use:   "create KIND [--project P] [FIELD=VALUE]…",
		Short: "Make a document",
		Args: func(cmd *cobra.Command, args []string) error {
			return takes("KIND")(cmd, args[:min(len(args), 1)])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			req := app.CreateDocRequest{Kind: args[0], Project: project, Fields: map[string]string{}}
			for _, arg := range args[1:] {
				name, value, ok := strings.Cut(arg, "=")
				if !ok {
					return usage(fmt.Sprintf("%q sets no field.", clip(arg)), "Write FIELD=VALUE.")
				}
				req.Fields[name] = value
			}
			d, err := ask(cmd.Context(), c, app.CreateDoc, req)
			if err != nil {
				return err
			}
			c.print(d, func(w io.Writer) { printDoc(w, d) })
			return nil
		},
	}
	cmd.Flags().StringVar(&project, "project", "", "the project it belongs to, by ID or name")
	return cmd
}

// maxValueArg bounds a value that comes by file or standard input.
const maxValueArg = 1 << 20

func (c *cli) docSet() *cobra.Command {
	return &cobra.Command{
		Use:   "set ID FIELD VALUE",
		Short: "Make a field hold a value",
		Long: "Makes a field hold a value; only what differs is written. A set or list takes words with commas\n" +
			"between them or a JSON array; a counter grows by the value; `-` reads the value from standard input.",
		Args: takes("ID", "FIELD", "VALUE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			value := args[2]
			if value == "-" {
				b, err := io.ReadAll(io.LimitReader(c.in, maxValueArg+1))
				if err != nil {
					return fmt.Errorf("read standard input: %w", err)
				}
				if len(b) > maxValueArg {
					return usage("The value is larger than 1 MiB.", "Attach long data as a file.")
				}
				value = strings.TrimSuffix(string(b), "\n")
			}
			d, err := ask(cmd.Context(), c, app.SetField, app.SetFieldRequest{ID: args[0], Field: args[1], Value: value})
			if err != nil {
				return err
			}
			c.print(d, func(w io.Writer) { printDoc(w, d) })
			return nil
		},
	}
}
