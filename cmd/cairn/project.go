package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) projectCommand() *cobra.Command {
	return group("project", "Make, list and show projects",
		"  cairn project create Churn --summary 'Keep customers who would leave.'\n  cairn project show Churn",
		c.projectCreate(), c.projectList(), c.projectShow())
}

func (c *cli) projectCreate() *cobra.Command {
	var req app.CreateProjectRequest
	cmd := &cobra.Command{
		Use:                   "create NAME [--summary TEXT]",
		Short:                 "Make a project",
		Example:               "  cairn project create Churn --summary 'Keep customers who would leave.'",
		DisableFlagsInUseLine: true,
		Args:                  takes("NAME"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Name = args[0]
			p, err := ask(cmd.Context(), c, "Making the project", app.CreateProject, req)
			if err != nil {
				return err
			}
			return c.print(p, func(w io.Writer) { fmt.Fprintf(w, "Made the project %s (%s).\n", line(p.Name), p.ID) })
		},
	}
	cmd.Flags().StringVar(&req.Summary, "summary", "", "what the project is about")
	return cmd
}

func (c *cli) projectList() *cobra.Command {
	return &cobra.Command{
		Use:                   "list",
		Short:                 "List the projects, the newest first",
		Example:               "  cairn project list --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			projects, err := ask(cmd.Context(), c, "Listing", app.ListProjects, app.ListProjectsRequest{})
			if err != nil {
				return err
			}
			return c.print(projects, func(w io.Writer) {
				if len(projects) == 0 {
					fmt.Fprintln(w, "No projects yet. Make one with `cairn project create NAME`.")
					return
				}
				var rows [][]string
				for _, p := range projects {
					rows = append(rows, []string{p.ID.String(), p.Name, clock(p.Updated)})
				}
				c.table(w, "ID,NAME,CHANGED", rows)
			})
		},
	}
}

func (c *cli) projectShow() *cobra.Command {
	return &cobra.Command{
		Use:                   "show PROJECT",
		Short:                 "Show a project and what its phases hold",
		Long:                  "Shows a project, named by its ID, the first digits of it or its name, and what its phases hold.",
		Example:               "  cairn project show Churn",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := ask(cmd.Context(), c, "Looking", app.ShowProject, app.ProjectRequest{Project: args[0]})
			if err != nil {
				return err
			}
			return c.print(p, func(w io.Writer) { c.printProject(w, p) })
		},
	}
}

func (c *cli) printProject(w io.Writer, p app.Project) {
	fmt.Fprintf(w, "%s\n%s, made %s, changed %s\n", line(p.Name), p.ID, clock(p.Created), clock(p.Updated))
	if len(p.Tags) > 0 {
		fmt.Fprintf(w, "Tags: %s\n", line(strings.Join(p.Tags, ", ")))
	}
	if p.Summary != "" {
		fmt.Fprintf(w, "\n%s\n", printable(p.Summary))
	}
	fmt.Fprintln(w)
	var rows [][]string
	for _, phase := range p.Phases {
		rows = append(rows, []string{phase.Name, phaseContents(phase)})
	}
	c.table(w, "PHASE,HOLDS", rows)
}

func phaseContents(p app.Phase) string {
	var parts []string
	for _, kind := range p.Kinds {
		if kind.Count > 0 {
			parts = append(parts, count(kind.Count, strings.ReplaceAll(kind.Kind, "_", " ")))
		}
	}
	if len(parts) == 0 {
		return "nothing yet"
	}
	return strings.Join(parts, ", ")
}
