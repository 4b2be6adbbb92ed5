package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) verifyCommand() *cobra.Command {
	var req app.VerifyRequest
	cmd := &cobra.Command{
		Use:   "verify [--deep]",
		Short: "Check that everything stored is as it was written",
		Long: "Checks every stored batch: its hash, its signature, its place in its log and its author's right.\n" +
			"With --deep it also folds all logs into fresh documents and compares them with the stored\n" +
			"ones and with the index, and reads every file. Exit status 3 when anything differs.",
		Args: takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := ask(cmd.Context(), c, app.VerifyData, req)
			if err != nil {
				return err
			}
			c.print(report, func(w io.Writer) {
				fmt.Fprintf(w, "Checked %s with %s, %s and %s.\n", countBatches(report.Batches), count(report.Operations, "operation"), count(report.Documents, "document"), count(report.Blobs, "file"))
				for _, p := range report.Problems {
					fmt.Fprintf(w, "%s %s: %s\n", p.What, p.Where, printable(p.Message))
				}
				if len(report.Problems) == 0 {
					fmt.Fprintln(w, "Everything is as it was written.")
				} else {
					fmt.Fprintln(w, "Restore a backup with `cairn restore`, or sync with a teammate who has what is damaged here.")
				}
			})
			if len(report.Problems) > 0 {
				return errNo
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&req.Deep, "deep", false, "also rebuild every document and read every file")
	return cmd
}

func countBatches(n int) string {
	if n == 1 {
		return "1 batch"
	}
	return fmt.Sprintf("%d batches", n)
}
