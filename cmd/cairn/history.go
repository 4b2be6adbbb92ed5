package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/doc"
)

func (c *cli) docHistory() *cobra.Command {
	return &cobra.Command{
		Use:                   "history ID [FIELD]",
		Short:                 "Tell who changed a document, or one field of it, and when",
		Long:                  "Tells who changed a document, or one field of it, and when, the oldest change first.",
		Example:               "  cairn doc history 01kjmma2ha\n  cairn doc history 01kjmma2ha threshold",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID", "[FIELD]"),
		ValidArgsFunction:     completeHistory,
		RunE: func(cmd *cobra.Command, args []string) error {
			req := app.HistoryRequest{ID: args[0]}
			if len(args) > 1 {
				req.Field = args[1]
			}
			changes, err := ask(cmd.Context(), c, "Looking", app.ListHistory, req)
			if err != nil {
				return err
			}
			return c.print(changes, func(w io.Writer) { c.printHistory(w, changes) })
		},
	}
}

func completeHistory(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 1 {
		return completeField(cmd, args, begun)
	}
	return noFiles(cmd, args, begun)
}

func (c *cli) printHistory(w io.Writer, changes []app.Change) {
	if len(changes) == 0 {
		fmt.Fprintln(w, "No changes.")
		return
	}
	var rows [][]string
	for i, ch := range changes {
		did := ch.Action
		if i == 0 && ch.Field == "" && did == doc.ActionRestore.String() {
			did = "create" // a document begins by coming out of the trash
		}
		what := ch.Value.String()
		if what == "" && ch.Runes > 0 {
			what = count(ch.Runes, "character")
		}
		rows = append(rows, []string{clock(ch.Time), ch.Person, ch.Field, did, what})
	}
	c.table(w, "TIME,WHO,FIELD,DID,VALUE", rows)
}

func (c *cli) docConflicts() *cobra.Command {
	var req app.ConflictsRequest
	cmd := &cobra.Command{
		Use:                   "conflicts [--project P]",
		Short:                 "List what people wrote differently at the same time",
		Long:                  "Lists the documents in which people wrote different values at the same time, and those values.",
		Example:               "  cairn doc conflicts --project Churn",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			docs, err := ask(cmd.Context(), c, "Looking", app.ListConflicts, req)
			if err != nil {
				return err
			}
			return c.print(docs, func(w io.Writer) {
				if len(docs) == 0 {
					fmt.Fprintln(w, "No conflicts.")
				}
				for i, d := range docs {
					if i > 0 {
						fmt.Fprintln(w)
					}
					printDoc(w, d)
				}
			})
		},
	}
	cmd.Flags().StringVar(&req.Project, "project", "", "only those of a project, by ID or name")
	must(cmd.RegisterFlagCompletionFunc("project", noFiles))
	return cmd
}

func (c *cli) docResolve() *cobra.Command {
	return &cobra.Command{
		Use:                   "resolve ID FIELD CHOICE",
		Short:                 "Settle a conflict",
		Long:                  "Settles a conflict by the number of one of the values that `cairn doc show` lists, or by =VALUE.",
		Example:               "  cairn doc resolve 01kjmma2ha threshold 2\n  cairn doc resolve 01kjmma2ha threshold =0.82",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID", "FIELD", "CHOICE"),
		ValidArgsFunction:     completeHistory,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := ask(cmd.Context(), c, "Writing", app.ResolveConflict, app.ResolveRequest{ID: args[0], Field: args[1], Choice: args[2]})
			if err != nil {
				return err
			}
			return c.print(d, func(w io.Writer) { printDoc(w, d) })
		},
	}
}
