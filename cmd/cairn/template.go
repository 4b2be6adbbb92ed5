package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/fault"
)

func (c *cli) templateCommand() *cobra.Command {
	return group("template", "Make and share the documents that projects fill in",
		"  cairn template list\n  cairn template export experiment-brief --out brief.yaml\n  cairn template import brief.yaml --name 'Our brief'",
		c.templateList(), c.templateShow(), c.templateExport(), c.templateImport(), c.templatePublish())
}

const templateHelp = "A design template is sections with fields to fill in; a value model says what a project is worth.\n" +
	"Cairn comes with some of both, and a team makes design templates of its own."

func (c *cli) templateList() *cobra.Command {
	var sort string
	cmd := &cobra.Command{
		Use:                   "list [--sort design | value]",
		Short:                 "List the templates, Cairn's and the team's",
		Long:                  templateHelp,
		Example:               "  cairn template list\n  cairn template list --sort design --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rows, err := ask(cmd.Context(), c, "Looking", app.ListTemplates, app.ListTemplatesRequest{Sort: sort})
			if fault.KindOf(err) == fault.NotFound { // there is no workspace; Cairn's own need none
				rows, err = builtinRows(sort)
			}
			if err != nil {
				return err
			}
			return c.print(rows, func(w io.Writer) { c.printTemplates(w, rows) })
		},
	}
	cmd.Flags().StringVar(&sort, "sort", "", "only design templates, or only value models: design or value")
	must(cmd.RegisterFlagCompletionFunc("sort", cobra.FixedCompletions([]string{app.DesignTemplates, app.ValueModels}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func builtinRows(sort string) ([]app.TemplateRow, error) {
	all, err := app.BuiltinTemplates()
	rows := []app.TemplateRow{}
	for _, t := range all {
		if sort == "" || t.Sort == sort {
			rows = append(rows, t.Row())
		}
	}
	return rows, err
}

func (c *cli) printTemplates(w io.Writer, list []app.TemplateRow) {
	var rows [][]string
	for _, r := range list {
		what, version := "value model", ""
		if r.Sort == app.DesignTemplates {
			what = count(r.Sections, "section") + ", " + count(r.Fields, "field")
		}
		if r.From == app.OfTeam {
			version = versionWords(r.Version, r.Changed)
		}
		rows = append(rows, []string{r.ID, r.Name, what, r.Phase, version})
	}
	c.table(w, "TEMPLATE,NAME,WHAT IT IS,PHASE,", rows)
}

// versionWords says how far a team's template is published.
func versionWords(version int, changed bool) string {
	switch {
	case version == 0:
		return "draft"
	case changed:
		return fmt.Sprintf("version %d, changed since", version)
	default:
		return fmt.Sprintf("version %d", version)
	}
}

// completeTemplateName completes the names of the templates that Cairn comes with.
func completeTemplateName(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if all, err := app.BuiltinTemplates(); err == nil && len(args) == 0 {
		for _, t := range all {
			names = append(names, t.ID)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func (c *cli) templateShow() *cobra.Command {
	var version int
	cmd := &cobra.Command{
		Use:   "show TEMPLATE [--version N]",
		Short: "Show a template",
		Long: "Shows a template: as it is being edited, with what keeps it from being published, or in one of\n" +
			"its versions. It is called by its ID or name.",
		Example:               "  cairn template show experiment-brief\n  cairn template show 'Our brief' --version 1",
		DisableFlagsInUseLine: true,
		Args:                  takes("TEMPLATE"),
		ValidArgsFunction:     completeTemplateName,
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := c.template(cmd.Context(), app.TemplateRequest{Template: args[0], Version: version})
			if err != nil {
				return err
			}
			return c.print(t, func(w io.Writer) { printTemplate(w, t) })
		},
	}
	cmd.Flags().IntVar(&version, "version", 0, "as it was published with this number")
	return cmd
}

// template returns a template; those of Cairn need no workspace.
func (c *cli) template(ctx context.Context, req app.TemplateRequest) (app.Template, error) {
	t, err := ask(ctx, c, "Looking", app.ShowTemplate, req)
	if fault.KindOf(err) != fault.NotFound || req.Version != 0 {
		return t, err
	}
	if own, err := app.BuiltinTemplate(req.Template); err == nil {
		return own, nil
	}
	return t, err
}

func printTemplate(w io.Writer, t app.Template) {
	fmt.Fprintf(w, "%s (%s)\n", line(t.Name), line(t.ID))
	if t.Sort == app.ValueModels {
		fmt.Fprintf(w, "A value model: `cairn value estimate --template %s` works it out.\n", t.ID)
	} else if t.From == app.OfTeam {
		fmt.Fprintf(w, "The team's: %s.\n", versionWords(t.Version, len(t.Changes) > 0))
	}
	if t.About != "" {
		fmt.Fprintf(w, "%s\n", line(t.About))
	}
	for _, s := range t.Sections {
		fmt.Fprintf(w, "\n%s\n", line(s.Title))
		for _, f := range s.Fields {
			fmt.Fprintf(w, "  %s  (%s)\n", cell(f.Label), cell(kindWords(f)))
		}
	}
	if len(t.Changes) > 0 {
		fmt.Fprintf(w, "\nNot published yet:\n")
	}
	for _, change := range t.Changes {
		fmt.Fprintf(w, "  %s\n", line(change.Said.String()))
	}
	if len(t.Problems) > 0 {
		fmt.Fprintf(w, "\nBefore it can be published:\n")
	}
	for _, p := range t.Problems {
		fmt.Fprintf(w, "  %s %s\n", line(p.Error()), line(p.Hint.String()))
	}
	if len(t.Versions) > 0 {
		fmt.Fprintln(w)
	}
	for _, v := range t.Versions {
		fmt.Fprintf(w, "Version %d", v.Number)
		if v.At != nil {
			fmt.Fprintf(w, ", %s", clock(*v.At))
		}
		fmt.Fprintln(w, line(strings.TrimRight(", "+v.By+": "+v.Note, ": ")))
	}
}
