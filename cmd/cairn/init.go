package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/id"
)

// founded is what --json tells of a new workspace.
type founded struct {
	Workspace app.WorkspaceInfo `json:"workspace"`
	Device    id.Device         `json:"device"`
	Person    app.PersonInfo    `json:"person"`
	Folder    string            `json:"folder"`
	Keys      app.KeysInfo      `json:"keys"`
}

const keysHelp = "The data are encrypted at rest. The key is kept in the system's keyring; where there is none,\n" +
	"in a file sealed with the passphrase that CAIRN_PASSPHRASE or the terminal gives; and when\n" +
	"there is no passphrase either, in a plain file that only you can read. --keys demands one of them."

func (c *cli) keysFlag(cmd *cobra.Command, keys *string) {
	cmd.Flags().StringVar(keys, "keys", "auto", "where the keys go: auto, keyring, passphrase or file")
	must(cmd.RegisterFlagCompletionFunc("keys", completeWords("auto", "keyring", "passphrase", "file")))
}

func (c *cli) initCommand() *cobra.Command {
	var f app.Founding
	var keys string
	cmd := &cobra.Command{
		Use:   "init --workspace NAME --person NAME [--role ROLE]… [--device NAME]",
		Short: "Make a new workspace on this device",
		Long:  "Makes a new workspace in the folder given by --data. The person becomes its first admin.\n\n" + keysHelp,
		Example: "  cairn init --workspace Acme --person 'Ada Lovelace' --role 'data scientist'\n" +
			"  cairn init --data ./trial --workspace Trial --person Ada --keys file --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts, err := c.newOptions(cmd.Context(), keys)
			if err != nil {
				return err
			}
			if f.Device == "" {
				f.Device = app.HostName()
			}
			a, err := app.Create(cmd.Context(), opts, f)
			if err != nil {
				return err
			}
			s, err := statusAndClose(cmd.Context(), a)
			if err != nil {
				return err
			}
			return c.print(founded{s.Workspace, s.Device, s.Person, s.Folder, s.Keys}, func(w io.Writer) {
				fmt.Fprintf(w, "Made the workspace %s in %s.\n", line(s.Workspace.Name), line(s.Folder))
				fmt.Fprintf(w, "%s is its first admin.\n%s\n", line(s.Person.Name), s.Keys.Sentence)
				fmt.Fprintln(w, "Next: `cairn project create NAME`.")
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.Workspace, "workspace", "", "what to call the workspace")
	flags.StringVar(&f.Person, "person", "", "your name, as teammates see it")
	flags.StringArrayVar(&f.Roles, "role", nil, "your role in projects, such as \"data scientist\"; may be given several times")
	flags.StringVar(&f.Device, "device", "", "what to call this device (default the name of the machine)")
	c.keysFlag(cmd, &keys)
	return cmd
}

// statusAndClose ends what made a folder by looking at it.
func statusAndClose(ctx context.Context, a *app.App) (app.Status, error) {
	status, err := app.GetStatus.Do(ctx, a, app.StatusRequest{})
	return status, errors.Join(err, a.Close())
}
