package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/journal"
	"cairn/core/fault"
)

func (c *cli) verifyCommand() *cobra.Command {
	var req app.VerifyRequest
	cmd := &cobra.Command{
		Use:   "verify [--deep]",
		Short: "Check that everything stored is as it was written",
		Long: "Checks every stored batch: its hash, its signature, its place in its log and its author's right.\n" +
			"With --deep it also folds all logs into fresh documents and compares them with the stored\n" +
			"ones and with the index, and reads every file. Exit status 3 when anything differs.",
		Example:               "  cairn verify\n  cairn verify --deep --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := ask(cmd.Context(), c, "Checking", app.VerifyData, req)
			if fault.KindOf(err) == fault.Damaged { // so badly that the folder does not open
				dir, dirErr := c.dir()
				report.Problems = []journal.Problem{{What: "folder", Where: dir, Message: fault.Message(err)}}
				err = dirErr
			}
			if err != nil {
				return err
			}
			if err := c.print(report, func(w io.Writer) { printReport(w, report) }); err != nil {
				return err
			}
			if len(report.Problems) > 0 {
				return errNo
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&req.Deep, "deep", false, "also rebuild every document and read every file")
	return cmd
}

func printReport(w io.Writer, r journal.Report) {
	if r.Batches > 0 || len(r.Problems) == 0 {
		fmt.Fprintf(w, "Checked %s with %s, %s and %s.\n", count(r.Batches, "batch"), count(r.Operations, "operation"), count(r.Documents, "document"), count(r.Blobs, "file"))
	}
	for _, p := range r.Problems {
		fmt.Fprintf(w, "%s %s: %s\n", p.What, line(p.Where), line(p.Message))
	}
	if len(r.Problems) == 0 {
		fmt.Fprintln(w, "Everything is as it was written.")
		return
	}
	fmt.Fprintln(w, "Restore a backup with `cairn restore`, salvage what is left with `cairn salvage`, or sync with a teammate who has what is damaged here.")
}
