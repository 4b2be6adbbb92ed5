package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/durable"
	"cairn/app/report"
	"cairn/core/fault"
)

func (c *cli) reportCommand() *cobra.Command {
	var format, audience, language, out string
	cmd := &cobra.Command{
		Use:   "report PROJECT --out FILE [--format html|pdf|md] [--for ROLE] [--lang en|ko]",
		Short: "Write what a project has come to as a file for people without Cairn",
		Long: "Writes the value estimate, the charter, requirements, key metrics, data, roles, sign-offs and open\n" +
			"points of a project into one file: a page of HTML that needs no other file, PDF, or Markdown.\n" +
			"Without --format the ending of FILE says which. FILE is replaced whole or not at all; - is\n" +
			"standard output.\n\n" +
			"With --for, what that role comes for stands first, and what it does not need is left out: a\n" +
			"stakeholder reads no patterns, a data scientist reads names and formulas. Roles are stakeholder,\n" +
			"expert, 'data scientist', 'data engineer' and 'ML engineer'.\n\n" +
			"The language is that of the terminal unless --lang names one.",
		Example:               "  cairn report Churn --out churn.pdf\n  cairn report Churn --for stakeholder --lang ko --out churn.html\n  cairn report Churn --format md --out -",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.checkReportFile(out, format); err != nil {
				return err
			}
			made, err := ask(cmd.Context(), c, "Writing the report", app.MakeReport, app.ReportRequest{
				Project: args[0], Format: report.Format(cmp.Or(format, formatOf(out))), For: audience, Language: report.Language(cmp.Or(language, string(localLanguage()))),
			})
			if err != nil {
				return err
			}
			return c.writeReport(made, out)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "the file to write, - for standard output")
	flags.StringVar(&format, "format", "", "html, pdf or md")
	flags.StringVar(&audience, "for", "", "the role that reads it")
	flags.StringVar(&language, "lang", "", "en or ko")
	must(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"html", "pdf", "md"}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"en", "ko"}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("for", cobra.FixedCompletions(audiences(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func audiences() []string {
	out := make([]string, len(report.Audiences))
	for i, a := range report.Audiences {
		out[i] = string(a)
	}
	return out
}

// formatOf returns the format that the ending of a file's name stands for, none
// if it stands for none.
func formatOf(file string) string {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".pdf":
		return string(report.PDF)
	case ".md", ".markdown":
		return string(report.Markdown)
	case ".html", ".htm":
		return string(report.HTML)
	}
	return ""
}

// localLanguage returns the language of the terminal, as the C library finds it.
func localLanguage() report.Language {
	return report.LanguageOf(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")))
}

// checkReportFile refuses, before anything is worked out, what can't be written to.
func (c *cli) checkReportFile(file, format string) error {
	switch {
	case file == "":
		return usage("The report needs a file to go to.", "Give one, such as --out churn.html, or - for standard output.")
	case file == "-" && c.json:
		return usage("Standard output can't hold both the report and the JSON document.", "Name a file with --out, or leave out --json.")
	case file == "-" && report.Format(format) == report.PDF && isTerminal(c.out):
		return usage("A PDF would garble the terminal.", "Name a file with --out.")
	case file == "-":
		return nil
	}
	// Whether one that is not there can be made shows when it is.
	if info, err := os.Stat(file); err == nil {
		switch {
		case info.IsDir():
			return fault.New(fault.Invalid, "%s is a folder.", "Name a file in it.").With(clip(file))
		case !info.Mode().IsRegular(): // replacing it would remove a device
			return fault.New(fault.Invalid, "%s is not a plain file.", "Name another one, or - for standard output.").With(clip(file))
		}
	}
	return nil
}

// writtenReport is the answer to --json.
type writtenReport struct {
	File      string `json:"file"` // absolute
	MediaType string `json:"media_type"`
	Bytes     int    `json:"bytes"`
}

func (c *cli) writeReport(made app.Report, out string) error {
	content, err := made.Decode()
	if err != nil {
		return err
	}
	if out == "-" {
		if _, err := c.out.Write(content); err != nil {
			return unwritten(err)
		}
		return nil
	}
	file, err := filepath.Abs(out)
	if err != nil {
		return fmt.Errorf("find the folder of the report: %w", err)
	}
	switch err := durable.Replace(file, content); {
	case durable.OutOfSpace(err):
		return fault.Wrap(err, fault.Full, "There is no room for %s.", "Free some space or choose another disk.").With(clip(out))
	case err != nil:
		return fault.Wrap(err, fault.Unavailable, "The file %s can't be written.", "Check that its folder exists and that you may write there.").With(clip(out))
	}
	return c.print(writtenReport{file, made.MediaType, len(content)}, func(w io.Writer) {
		fmt.Fprintf(w, "Wrote the report to %s: %s.\n", line(file), size(int64(len(content))))
	})
}
