package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) worksheetCommand() *cobra.Command {
	return group("worksheet", "Fill in design templates in a project",
		"  cairn worksheet begin Churn experiment-brief --name 'Support calls'\n  cairn worksheet answer 'Support calls' expect 'Calls predict churn.' --project Churn",
		c.worksheetBegin(), c.worksheetList(), c.worksheetShow(), c.worksheetAnswer(), c.worksheetMove())
}

func (c *cli) worksheetBegin() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:                   "begin PROJECT TEMPLATE [--name NAME]",
		Short:                 "Begin to fill in a design template",
		Long:                  "Begins a worksheet: the latest version of a design template, to be filled in for a project.",
		Example:               "  cairn worksheet begin Churn experiment-brief --name 'Support calls'",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT", "TEMPLATE"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := ask(cmd.Context(), c, "Writing", app.BeginWorksheet, app.BeginWorksheetRequest{Project: args[0], Template: args[1], Name: name})
			if err != nil {
				return err
			}
			return c.print(w, func(out io.Writer) {
				fmt.Fprintf(out, "Began the worksheet %s (%s): %s.\n", line(w.Name), w.ID, count(w.Progress.Fields, "field"))
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what to call it; the name of the template when not given")
	return cmd
}

func (c *cli) worksheetList() *cobra.Command {
	return &cobra.Command{
		Use:                   "list PROJECT",
		Short:                 "List the worksheets of a project",
		Example:               "  cairn worksheet list Churn",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			list, err := ask(cmd.Context(), c, "Looking", app.ListWorksheets, app.WorksheetsRequest{Project: args[0]})
			if err != nil {
				return err
			}
			return c.print(list, func(w io.Writer) {
				if len(list) == 0 {
					fmt.Fprintln(w, "No worksheets yet. Begin one with `cairn worksheet begin`.")
					return
				}
				var rows [][]string
				for _, r := range list {
					version := fmt.Sprintf("%s, version %d", r.Template, r.Version)
					if r.Newest > r.Version {
						version += fmt.Sprintf(" of %d", r.Newest)
					}
					rows = append(rows, []string{r.ID.String(), r.Name, version, progressWords(r.Progress)})
				}
				c.table(w, "WORKSHEET,NAME,TEMPLATE,FILLED IN", rows)
			})
		},
	}
}

// progressWords says how far a worksheet is filled in.
func progressWords(p app.Progress) string {
	parts := []string{fmt.Sprintf("%d of %d", p.Answered, p.Fields)}
	if p.Missing > 0 {
		parts = append(parts, fmt.Sprintf("%d required missing", p.Missing))
	}
	if p.Problems > 0 {
		parts = append(parts, count(p.Problems, "problem"))
	}
	if p.Conflicts > 0 {
		parts = append(parts, count(p.Conflicts, "conflict"))
	}
	return strings.Join(parts, ", ")
}

// worksheetProject is a flag of commands that name a worksheet.
func worksheetProject(cmd *cobra.Command, at *app.WorksheetRequest) *cobra.Command {
	cmd.Flags().StringVar(&at.Project, "project", "", "the project it belongs to, by ID or name; with it a worksheet may be named")
	must(cmd.RegisterFlagCompletionFunc("project", noFiles))
	return cmd
}

func (c *cli) worksheetShow() *cobra.Command {
	var req app.WorksheetRequest
	return worksheetProject(&cobra.Command{
		Use:                   "show WORKSHEET [--project P]",
		Short:                 "Show a worksheet and what is missing",
		Example:               "  cairn worksheet show 'Support calls' --project Churn",
		DisableFlagsInUseLine: true,
		Args:                  takes("WORKSHEET"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Worksheet = args[0]
			w, err := ask(cmd.Context(), c, "Looking", app.ShowWorksheet, req)
			if err != nil {
				return err
			}
			return c.print(w, func(out io.Writer) { printWorksheet(out, w) })
		},
	}, &req)
}

func printWorksheet(out io.Writer, w app.Worksheet) {
	fmt.Fprintf(out, "%s (%s)\n", line(w.Name), w.ID)
	switch {
	case w.Version == 0:
		fmt.Fprintln(out, "Its template has not arrived here yet.")
	case w.Newest > w.Version:
		fmt.Fprintf(out, "%s, version %d of %d: `cairn worksheet move` takes it to the latest.\n", line(w.TemplateName), w.Version, w.Newest)
	default:
		fmt.Fprintf(out, "%s, version %d.\n", line(w.TemplateName), w.Version)
	}
	fmt.Fprintf(out, "Filled in: %s.\n", progressWords(w.Progress))
	for _, s := range w.Sections {
		fmt.Fprintf(out, "\n%s\n", line(s.Title))
		for _, f := range s.Fields {
			printAnswer(out, f)
		}
	}
	if len(w.LeftOver) > 0 {
		fmt.Fprintf(out, "\nAnswered, and no longer asked\n")
	}
	for _, f := range w.LeftOver {
		printAnswer(out, f)
	}
}

func printAnswer(out io.Writer, f app.WorksheetField) {
	mark := " "
	if f.Required {
		mark = "*"
	}
	fmt.Fprintf(out, "%s %s (%s)\n", mark, cell(f.Label), line(f.Key))
	for text := range strings.Lines(cmp.Or(f.Shown, "–")) {
		fmt.Fprintf(out, "      %s\n", line(strings.TrimRight(text, "\r\n")))
	}
	for _, v := range f.Conflicts {
		fmt.Fprintf(out, "      ? %s wrote %s\n", line(v.Person), cell(f.Say(v.Value.String())))
	}
	if f.Problem != nil {
		fmt.Fprintf(out, "      ! %s\n", line(f.Problem.String()))
	}
}

func (c *cli) worksheetAnswer() *cobra.Command {
	var req app.AnswerWorksheetRequest
	return worksheetProject(&cobra.Command{
		Use:   "answer WORKSHEET FIELD TEXT [--project P]",
		Short: "Fill in a field of a worksheet",
		Long: "Fills in a field, which is called by its key or its label. Choices have commas or line breaks\n" +
			"between them; people and documents are called by name or ID; `-` reads the text from standard\n" +
			"input; empty text takes the answer out. An answer that does not fit its field is kept, and shown\n" +
			"with the reason. Prose merges with what a teammate writes; of other answers, both are shown until\n" +
			"somebody decides.",
		Example: "  cairn worksheet answer 'Support calls' expect 'Calls predict churn.' --project Churn\n" +
			"  cairn worksheet answer 01kjmma2ha because - < reasons.txt",
		DisableFlagsInUseLine: true,
		Args:                  takes("WORKSHEET", "FIELD", "TEXT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Worksheet, req.Field, req.Text = args[0], args[1], args[2]
			if req.Text == "-" {
				var err error
				if req.Text, err = readValue(cmd.Context(), c.in); err != nil {
					return err
				}
			}
			w, err := ask(cmd.Context(), c, "Writing", app.AnswerWorksheet, req)
			if err != nil {
				return err
			}
			return c.print(w, func(out io.Writer) {
				for _, s := range w.Sections {
					for _, f := range s.Fields {
						if f.Key == req.Field || strings.EqualFold(f.Label, req.Field) {
							printAnswer(out, f)
						}
					}
				}
				fmt.Fprintf(out, "Filled in: %s.\n", progressWords(w.Progress))
			})
		},
	}, &req.WorksheetRequest)
}

func (c *cli) worksheetMove() *cobra.Command {
	var req app.MoveWorksheetRequest
	cmd := worksheetProject(&cobra.Command{
		Use:   "move WORKSHEET [--version N] [--project P]",
		Short: "Move a worksheet to another version of its template",
		Long: "Moves a worksheet to the latest version of its template, or to another one. Answers stay with their\n" +
			"field; those that are no longer asked for are kept and shown beside it.",
		Example:               "  cairn worksheet move 'Support calls' --project Churn",
		DisableFlagsInUseLine: true,
		Args:                  takes("WORKSHEET"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Worksheet = args[0]
			w, err := ask(cmd.Context(), c, "Writing", app.MoveWorksheet, req)
			if err != nil {
				return err
			}
			return c.print(w, func(out io.Writer) { printWorksheet(out, w) })
		},
	}, &req.WorksheetRequest)
	cmd.Flags().IntVar(&req.Version, "version", 0, "the number of the version; the latest when not given")
	return cmd
}
