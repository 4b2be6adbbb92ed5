package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) docHistory() *cobra.Command {
	return &cobra.Command{
		Use:   "history ID [FIELD]",
		Short: "Tell who changed a document, or one field of it, and when",
		Args:  takes("ID", "[FIELD]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			req := app.HistoryRequest{ID: args[0]}
			if len(args) > 1 {
				req.Field = args[1]
			}
			changes, err := ask(cmd.Context(), c, app.ListHistory, req)
			if err != nil {
				return err
			}
			c.print(changes, func(w io.Writer) {
				var rows [][]string
				for _, ch := range changes {
					what := ch.Value.String()
					if what == "" && ch.Runes > 0 {
						what = count(ch.Runes, "character")
					}
					rows = append(rows, []string{clock(ch.Time), ch.Person, ch.Field, ch.Action, what})
				}
				table(w, "TIME,WHO,FIELD,DID,VALUE", rows)
			})
			return nil
		},
	}
}

func (c *cli) docConflicts() *cobra.Command {
	var req app.ConflictsRequest
	cmd := &cobra.Command{
		Use:   "conflicts [--project P]",
		Short: "List what people wrote differently at the same time",
		Args:  takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			docs, err := ask(cmd.Context(), c, app.ListConflicts, req)
			if err != nil {
				return err
			}
			c.print(docs, func(w io.Writer) {
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
			return nil
		},
	}
	cmd.Flags().StringVar(&req.Project, "project", "", "only those of a project, by ID or name")
	return cmd
}

func (c *cli) docResolve() *cobra.Command {
	return &cobra.Command{
		Use:   "resolve ID FIELD CHOICE",
		Short: "Settle a conflict",
		Long:  "Settles a conflict by the number of one of the values that `cairn doc show` lists, or by =VALUE.",
		Args:  takes("ID", "FIELD", "CHOICE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := ask(cmd.Context(), c, app.ResolveConflict, app.ResolveRequest{ID: args[0], Field: args[1], Choice: args[2]})
			if err != nil {
				return err
			}
			c.print(d, func(w io.Writer) { printDoc(w, d) })
			return nil
		},
	}
}
