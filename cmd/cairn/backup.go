package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the whole workspace into one file",
		Long: "Writes every log, file and key of the workspace into one consistent file, while others go on\n" +
			"working. With CAIRN_PASSPHRASE set the file is sealed with it; without, whoever can read the\n" +
			"file can read the workspace and write as this device.",
		Example: "  cairn backup acme.backup\n" +
			"  CAIRN_PASSPHRASE='correct horse' cairn backup sealed.backup",
		DisableFlagsInUseLine: true,
		Args:                  takes("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "" {
				return usage("The backup needs the name of a file.", "Give one, such as acme.backup.")
			}
			// The process that writes the file may run in another folder.
			file, err := filepath.Abs(args[0])
			if err != nil {
				return fmt.Errorf("find the folder of the backup: %w", err)
			}
			b, err := ask(cmd.Context(), c, "Writing the backup", app.MakeBackup, app.BackupRequest{File: file, Passphrase: os.Getenv("CAIRN_PASSPHRASE")})
			if err != nil {
				return err
			}
			if !b.Sealed {
				fmt.Fprintln(c.err, "cairn: The backup is not sealed: keep it as safe as a key, or set CAIRN_PASSPHRASE.")
			}
			return c.print(b, func(w io.Writer) {
				fmt.Fprintf(w, "Wrote %s to %s: %s in %s, %s.\n", size(b.Bytes), line(b.File), count(b.Operations, "operation"), count(b.Logs, "log"), count(b.Blobs, "file"))
			})
		},
	}
}

func (c *cli) restoreCommand() *cobra.Command {
	var keys string
	cmd := &cobra.Command{
		Use:   "restore FILE [--keys WHERE]",
		Short: "Make a workspace folder from a backup",
		Long: "Makes the folder given by --data from a backup. The device goes on in new logs, so what it\n" +
			"wrote after the backup was made, and teammates may have, is not contradicted but comes back\n" +
			"with the next sync. The original folder may stay in use beside it.\n\n" + keysHelp,
		Example:               "  cairn restore --data ~/cairn-restored acme.backup",
		DisableFlagsInUseLine: true,
		Args:                  takes("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "" {
				return usage("The backup needs the name of a file.", "Name one that `cairn backup` has written.")
			}
			opts, err := c.newOptions(cmd.Context(), keys)
			if err != nil {
				return err
			}
			// One passphrase opens the backup and seals the keys.
			opts.Passphrase = func() (string, error) { return c.passphrase(cmd.Context(), false) }
			var status app.Status
			c.working("Restoring", func() {
				var a *app.App
				if a, err = app.Restore(cmd.Context(), opts, args[0]); err == nil {
					status, err = statusAndClose(cmd.Context(), a)
				}
			})
			if err != nil {
				return err
			}
			return c.print(status, func(w io.Writer) {
				fmt.Fprintf(w, "Restored the workspace %s into %s: %s, %s.\n", line(status.Workspace.Name), line(status.Folder), count(status.Documents, "document"), count(status.Operations, "operation"))
			})
		},
	}
	c.keysFlag(cmd, &keys)
	return cmd
}
