package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/id"
)

func (c *cli) metricCommand() *cobra.Command {
	return group("metric", "Show what success is measured by", "  cairn metric board Churn", c.metricBoard())
}

func (c *cli) metricBoard() *cobra.Command {
	return &cobra.Command{
		Use:   "board PROJECT",
		Short: "Show the key metrics of a project and what they are linked to",
		Long: "Shows the key metrics of a project in three columns: the data scientist's, the subject matter\n" +
			"expert's and the business's. A metric serves the requirements that it refers to or that name it,\n" +
			"and may measure a variable or step of the value model. What nothing is linked to is flagged.",
		Example:               "  cairn metric board Churn\n  cairn metric board Churn --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			board, err := ask(cmd.Context(), c, "Looking", app.ShowBoard, app.BoardRequest{Project: args[0]})
			if err != nil {
				return err
			}
			return c.print(board, func(w io.Writer) { c.printBoard(w, board) })
		},
	}
}

func (c *cli) printBoard(w io.Writer, b app.Board) {
	titles := map[id.Doc]string{}
	for _, r := range b.Requirements {
		titles[r.ID] = cmp.Or(r.Title, r.ID.String())
	}
	for i, column := range b.Columns {
		if i > 0 {
			fmt.Fprintln(w)
		}
		head := strings.ToUpper(column.Column)
		if head == "" {
			head = "IN NO COLUMN YET"
		}
		var rows [][]string
		for _, m := range column.Metrics {
			rows = append(rows, []string{cmp.Or(m.Name, m.ID.String()), serves(m, titles), m.Variable, flagWords(m.Flags)})
		}
		if rows == nil {
			rows = [][]string{{"none yet"}}
		}
		c.table(w, head+",SERVES,VALUE MODEL,", rows)
	}
	printFlags(w, b)
}

func serves(m app.BoardMetric, titles map[id.Doc]string) string {
	words := make([]string, len(m.Requirements))
	for i, r := range m.Requirements {
		words[i] = titles[r]
	}
	return strings.Join(words, ", ")
}

func flagWords(flags []app.BoardFlag) string {
	words := make([]string, len(flags))
	for i, f := range flags {
		words[i] = strings.ReplaceAll(string(f.Flag), "_", " ")
	}
	return strings.Join(words, ", ")
}

// printFlags writes what somebody should look at, and which variables of the
// value model are assumptions.
func printFlags(w io.Writer, b app.Board) {
	var lines []string
	note := func(name string, flags []app.BoardFlag) {
		for _, f := range flags {
			lines = append(lines, cell(name)+": "+line(f.Sentence))
		}
	}
	for _, column := range b.Columns {
		for _, m := range column.Metrics {
			note(cmp.Or(m.Name, m.ID.String()), m.Flags)
		}
	}
	for _, r := range b.Requirements {
		note(cmp.Or(r.Title, r.ID.String()), r.Flags)
	}
	var assumed []string
	for _, v := range b.Variables {
		if len(v.Metrics) == 0 && !v.Computed {
			assumed = append(assumed, v.Name)
		}
	}
	if len(assumed) > 0 {
		lines = append(lines, "Variables of the value model that no metric measures: "+line(strings.Join(assumed, ", "))+".")
	}
	if len(lines) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(lines, "\n"))
	}
}
