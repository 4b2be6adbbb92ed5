package main

import (
	"errors"
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
		Args: takes("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			// The process that writes the file may run in another folder.
			file, err := filepath.Abs(args[0])
			if err != nil {
				return fmt.Errorf("find the folder of the backup: %w", err)
			}
			b, err := ask(cmd.Context(), c, app.MakeBackup, app.BackupRequest{File: file, Passphrase: os.Getenv("CAIRN_PASSPHRASE")})
			if err != nil {
				return err
			}
			if !b.Sealed {
				fmt.Fprintln(c.err, "cairn: The backup is not sealed: keep it as safe as a key, or set CAIRN_PASSPHRASE.")
			}
			c.print(b, func(w io.Writer) {
				fmt.Fprintf(w, "Wrote %s to %s: %s in %d logs, %s.\n", size(b.Bytes), b.File, count(b.Operations, "operation"), b.Logs, count(b.Blobs, "file"))
			})
			return nil
		},
	}
}

func (c *cli) restoreCommand() *cobra.Command {
	var keys string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make a workspace folder from a backup",
		Long: "Makes the folder given by --data from a backup. The device goes on in new logs, so what it\n" +
			"wrote after the backup was made, and teammates may have, is not contradicted but comes back\n" +
			"with the next sync. The original folder may stay in use beside it.",
		Args: takes("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts, err := c.options()
			if err != nil {
				return err
			}
			if opts.Keys, err = app.ParseProtection(keys); err != nil {
				return err
			}
			a, err := app.Restore(cmd.Context(), opts, args[0])
			if err != nil {
				return err
			}
			status, err := app.GetStatus.Do(cmd.Context(), a, app.StatusRequest{})
			if err = errors.Join(err, a.Close()); err != nil {
				return err
			}
			c.print(status, func(w io.Writer) {
				fmt.Fprintf(w, "Restored the workspace %s into %s: %s, %s.\n", printable(status.Workspace.Name), status.Folder, count(status.Documents, "document"), count(status.Operations, "operation"))
			})
			return nil
		},
	}
	cmd.Flags().StringVar(&keys, "keys", "auto", "where the keys go: auto, keyring, passphrase or file")
	return cmd
}
