package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/lifecycle"
)

func (c *cli) guideCommand() *cobra.Command {
	req := app.GuideRequest{}
	all := false
	cmd := &cobra.Command{
		Use:   "guide PROJECT [--person P] [--role R]…",
		Short: "Tell what to do next in a project",
		Long: "Tells what a person does best next in a project, and whom the rest waits for. The steps follow from\n" +
			"what the documents of the project say now, and come in the order of a score: what others wait for,\n" +
			"what is the person's own to give, what is for the person's role, conflicts, comments that ask, and\n" +
			"advice last. Without a role all steps show, page by page.\n\n" +
			"Roles are " + strings.Join(lifecycle.RoleNames, ", ") + "\n" +
			"and those that a team names itself.",
		Example:               "  cairn guide Churn\n  cairn guide Churn --person Sofia --all\n  cairn guide Churn --role expert --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Project = args[0]
			guide, err := ask(cmd.Context(), c, "Looking", app.ShowGuide, req)
			if err != nil {
				return err
			}
			return c.print(guide, func(w io.Writer) { printGuide(w, guide, all) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&req.Person, "person", "", "for whom, by ID or name (default the person of this device)")
	flags.StringArrayVar(&req.Roles, "role", nil, "in which role, instead of those the person holds; may be given several times")
	flags.BoolVar(&all, "all", false, "list every step, and what others must do")
	must(cmd.RegisterFlagCompletionFunc("person", noFiles))
	must(cmd.RegisterFlagCompletionFunc("role", cobra.FixedCompletions(lifecycle.RoleNames, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// firstSteps is how many steps a person is shown who has not asked for all.
const firstSteps = 5

func printGuide(w io.Writer, g app.Guide, all bool) {
	who := line(g.Person.Name)
	if len(g.Roles) > 0 {
		who += " (" + line(strings.Join(g.Roles, ", ")) + ")"
	}
	fmt.Fprintf(w, "For %s:\n", who)
	shown := g.Steps
	if !all {
		shown = shown[:min(len(shown), firstSteps)]
	}
	for i, s := range shown {
		fmt.Fprintf(w, "\n%2d. %s\n    %s\n    %s\n", i+1, line(s.Say.Sentence), line(s.Why.Sentence), line(placeOf(s)))
	}
	if more := len(g.Steps) - len(shown); more > 0 {
		fmt.Fprintf(w, "\n%s with --all.\n", count(more, "more step"))
	}
	if g.Next != nil {
		fmt.Fprintf(w, "\n%s\n", line(g.Next.Sentence))
	}
	if len(g.Waits) > 0 && all {
		fmt.Fprintln(w, "\nOthers:")
		for _, s := range g.Waits {
			fmt.Fprintf(w, "  %s (%s)\n", line(s.Say.Sentence), line(whoWords(s.Who)))
		}
	}
}

// placeOf says where a step is taken, and who else could.
func placeOf(s app.Step) string {
	words := []string{string(s.Page)}
	if s.Document != "" {
		words = append(words, s.Document)
	}
	if s.Field != "" {
		words = append(words, s.Field)
	}
	place := strings.Join(words, " ")
	if !s.Must {
		place += " · advice"
	}
	if names := personNames(s.Who.Persons); names != "" {
		place += " · also " + names
	}
	return place
}

// shownPersons is how many people a line names.
const shownPersons = 5

func personNames(persons []app.PersonRef) string {
	var names []string
	for _, p := range persons[:min(len(persons), shownPersons)] {
		names = append(names, p.Name)
	}
	if more := len(persons) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// whoWords says who can give something.
func whoWords(who app.Givers) string {
	if names := personNames(who.Persons); names != "" {
		return names
	}
	if len(who.Roles) > 0 {
		return strings.Join(who.Roles, ", ")
	}
	return "anybody"
}
