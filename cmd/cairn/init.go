package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) initCommand() *cobra.Command {
	var f app.Founding
	var keys string
	cmd := &cobra.Command{
		Use:   "init --workspace NAME --person NAME [--role ROLE]…",
		Short: "Make a new workspace on this device",
		Long: "Makes a new workspace in the folder given by --data. The person becomes its first admin.\n\n" +
			"The data are encrypted at rest. The key is kept in the system's keyring; where there is none,\n" +
			"in a file sealed with the passphrase that CAIRN_PASSPHRASE or the terminal gives; and when\n" +
			"there is no passphrase either, in a plain file that only you can read.",
		Args: takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts, err := c.options()
			if err != nil {
				return err
			}
			if opts.Keys, err = app.ParseProtection(keys); err != nil {
				return err
			}
			a, err := app.Create(cmd.Context(), opts, f)
			if err != nil {
				return err
			}
			status, err := app.GetStatus.Do(cmd.Context(), a, app.StatusRequest{})
			if err = errors.Join(err, a.Close()); err != nil {
				return err
			}
			out := struct {
				Workspace any `json:"workspace"`
				Device    any `json:"device"`
				Person    any `json:"person"`
				Folder    any `json:"folder"`
				Keys      any `json:"keys"`
			}{status.Workspace, status.Device, status.Person, status.Folder, status.Keys}
			c.print(out, func(w io.Writer) {
				fmt.Fprintf(w, "Made the workspace %s in %s.\n", printable(status.Workspace.Name), status.Folder)
				fmt.Fprintf(w, "%s is its first admin.\n%s\n", printable(status.Person.Name), status.Keys.Sentence)
				fmt.Fprintln(w, "Next: `cairn project create NAME`.")
			})
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.Workspace, "workspace", "", "what to call the workspace")
	flags.StringVar(&f.Person, "person", "", "your name, as teammates see it")
	flags.StringArrayVar(&f.Roles, "role", nil, "your role in projects, such as \"data scientist\"; may be given several times")
	flags.StringVar(&keys, "keys", "auto", "where the keys go: auto, keyring, passphrase or file")
	return cmd
}
