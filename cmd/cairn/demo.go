package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/demo"
)

// demonstrated is what --json tells of the demo.
type demonstrated struct {
	founded
	Project app.Project `json:"project"`
}

// demoSeed makes everybody's demo of one day the same.
const demoSeed = 1

func (c *cli) demoCommand() *cobra.Command {
	g := demo.Guest{Seed: demoSeed}
	var keys string
	cmd := &cobra.Command{
		Use:   "demo [--person NAME] [--role ROLE]… [--lang LANGUAGE]",
		Short: "Make a workspace with a demo project in it, to look around",
		Long: "Makes a workspace with a demo project in the folder given by --data: the Design phase of a churn\n" +
			"model, in which five made-up people have worked for two weeks. You join them as an administrator\n" +
			"and can change and approve everything. Nothing leaves this device.\n\n" + keysHelp,
		Example: "  cairn demo --data ./demo\n" +
			"  cairn demo --data ./demo --person 김민지 --lang ko",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts, err := c.newOptions(cmd.Context(), keys)
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("person") {
				g.Person = login()
			}
			var made demo.Made
			c.working("Making the demo", func() { made, err = demo.Make(cmd.Context(), opts, g) })
			if err != nil {
				return err
			}
			project, err := app.ShowProject.Do(cmd.Context(), made.App, app.ProjectRequest{Project: made.Project.String()})
			s, statusErr := statusAndClose(cmd.Context(), made.App)
			if err := errors.Join(err, statusErr); err != nil {
				return err
			}
			return c.print(demonstrated{founded{s.Workspace, s.Device, s.Person, s.Folder, s.Keys}, project}, func(w io.Writer) {
				fmt.Fprintf(w, "Made the demo workspace %s with the project %s in %s.\n", line(s.Workspace.Name), line(project.Name), line(s.Folder))
				fmt.Fprintf(w, "%s has joined its team of %d as an administrator.\n%s\n", line(s.Person.Name), len(s.Peers), s.Keys.Sentence)
				folder := ""
				if c.dataDir != "" {
					folder = " --data " + line(c.dataDir)
				}
				fmt.Fprintf(w, "Next: `cairn gate list '%s'%s`, `cairn doc conflicts%[2]s`.\n", line(project.Name), folder)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&g.Person, "person", "", "your name, as the team sees it (default that of your login)")
	flags.StringArrayVar(&g.Roles, "role", []string{"data scientist"}, "your role in the project beside that of a business stakeholder; may be given several times")
	flags.StringVar(&g.Language, "lang", "en", "what the team speaks: "+strings.Join(demo.Languages, ", "))
	must(cmd.RegisterFlagCompletionFunc("lang", completeWords(demo.Languages...)))
	c.keysFlag(cmd, &keys)
	return cmd
}

// login returns the name of whoever is logged in, empty where nobody knows.
func login() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return cmp.Or(strings.TrimSpace(u.Name), u.Username)
}
