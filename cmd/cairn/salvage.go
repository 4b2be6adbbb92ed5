package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/disk"
	"cairn/core/fault"
)

// salvaged is what `cairn salvage --json` prints.
type salvaged struct {
	app.Status
	Batches int    `json:"batches"`
	Parked  int    `json:"parked"` // batches that wait for one before them which is lost
	Lost    []lost `json:"lost"`
}

// lost is a file that could not be read in full.
type lost struct {
	File    string `json:"file"`
	Message string `json:"message"`
}

func (c *cli) salvageCommand() *cobra.Command {
	var keys string
	cmd := &cobra.Command{
		Use:   "salvage FOLDER [--keys WHERE]",
		Short: "Make a workspace folder from what a damaged one still holds",
		Long: "Makes the folder given by --data from all that can still be read of a damaged workspace\n" +
			"folder, file by file, and folds the documents anew. The damaged folder is not changed. What\n" +
			"could not be read is listed; a sync with a teammate who has it brings it back.\n\n" + keysHelp,
		Example:               "  cairn salvage --data ~/cairn-salvaged ~/.local/share/cairn",
		DisableFlagsInUseLine: true,
		Args:                  takes("FOLDER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts, err := c.newOptions(cmd.Context(), keys)
			if err != nil {
				return err
			}
			// One passphrase opens the old keys and seals the new.
			opts.Passphrase = func() (string, error) { return c.passphrase(cmd.Context(), false) }
			var out salvaged
			c.working("Salvaging", func() {
				var a *app.App
				var report disk.Salvaged
				if a, report, err = app.Salvage(cmd.Context(), opts, args[0]); err == nil {
					out.Status, err = statusAndClose(cmd.Context(), a)
				}
				out.Batches, out.Parked, out.Lost = report.Batches, report.Parked, []lost{}
				for _, p := range report.Problems {
					out.Lost = append(out.Lost, lost{p.Path, fault.Message(p.Err)})
				}
			})
			if err != nil {
				return err
			}
			return c.print(out, func(w io.Writer) { printSalvaged(w, out) })
		},
	}
	c.keysFlag(cmd, &keys)
	return cmd
}

func printSalvaged(w io.Writer, s salvaged) {
	fmt.Fprintf(w, "Salvaged the workspace %s into %s: %s, %s.\n", line(s.Workspace.Name), line(s.Folder), count(s.Documents, "document"), count(s.Operations, "operation"))
	for _, l := range s.Lost {
		fmt.Fprintf(w, "Not readable in full: %s. %s\n", line(l.File), line(l.Message))
	}
	if s.Parked > 0 {
		fmt.Fprintf(w, "Changes that wait for lost ones before them: %d. They come in when a teammate has those.\n", s.Parked)
	}
	if len(s.Lost) == 0 {
		fmt.Fprintln(w, "Nothing was lost.")
	}
}
