package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/durable"
	"cairn/core/fault"
	"cairn/core/template"
)

// kindWords says what sort of answer a field takes.
func kindWords(f template.Field) string {
	words := string(f.Kind)
	switch {
	case f.Kind.Chosen():
		words += ": " + strings.Join(f.Choices, " | ")
	case f.Unit != "":
		words += ", " + f.Unit
	case f.Of != "":
		words = strings.ReplaceAll(f.Of, "_", " ")
	}
	if f.Required {
		return "required; " + words
	}
	return words
}

func (c *cli) templateExport() *cobra.Command {
	var req app.TemplateRequest
	var out string
	cmd := &cobra.Command{
		Use:   "export TEMPLATE [--version N] [--out FILE]",
		Short: "Write a template as a file in YAML",
		Long: "Writes a template in YAML: a design template as `cairn template import` reads it, a value model as\n" +
			"`cairn value estimate --file` does. Without --out it goes to standard output.",
		Example:               "  cairn template export experiment-brief --out brief.yaml\n  cairn template export churn > churn.yaml",
		DisableFlagsInUseLine: true,
		Args:                  takes("TEMPLATE"),
		ValidArgsFunction:     completeTemplateName,
		RunE: func(cmd *cobra.Command, args []string) error {
			req.Template = args[0]
			t, err := c.template(cmd.Context(), req)
			if err != nil {
				return err
			}
			file, err := t.File()
			if err != nil {
				return err
			}
			if out == "" || out == "-" {
				return c.print(file, func(w io.Writer) { fmt.Fprint(w, printable(file.YAML)) })
			}
			if err := durable.Replace(out, []byte(file.YAML)); err != nil {
				return fault.Wrap(err, fault.Unavailable, "The file %s can't be written.", "Check its folder and permissions.").With(clip(out))
			}
			return c.print(written{out, len(file.YAML)}, func(w io.Writer) {
				fmt.Fprintf(w, "Wrote %s to %s.\n", line(t.Name), line(out))
			})
		},
	}
	cmd.Flags().IntVar(&req.Version, "version", 0, "as it was published with this number")
	cmd.Flags().StringVar(&out, "out", "", "the file to write, - for standard output")
	return cmd
}

// written is a file that a command has written.
type written struct {
	File  string `json:"file"`
	Bytes int    `json:"bytes"`
}

func (c *cli) templateImport() *cobra.Command {
	var req app.ImportTemplateRequest
	cmd := &cobra.Command{
		Use:   "import FILE [--name NAME] [--draft]",
		Short: "Make a design template of the team from a file, and publish it",
		Long: "Makes a design template of the team from YAML. If the team has one of the name, it is changed where\n" +
			"it differs and published as its next version: what has been filled in is kept. A key may be left\n" +
			"out, and is then made of the title or label; answers stay with their key.\n\n" +
			"  name: Our brief\n" +
			"  about: Before an experiment.\n" +
			"  phase: development\n" +
			"  sections:\n" +
			"    - title: Hypothesis\n" +
			"      fields:\n" +
			"        - {label: We expect that…, kind: prose, required: true, example: Calls predict churn.}\n" +
			"        - {label: Risk, kind: choice, choices: [low, medium, high]}\n" +
			"        - {label: Slowest answer, kind: number, unit: ms}\n" +
			"        - {label: Data, kind: link, of: data_source}\n\n" +
			"Kinds: " + kindNames() + ".",
		Example:               "  cairn template import brief.yaml\n  cairn template import - --name 'Our brief' --draft < brief.yaml",
		DisableFlagsInUseLine: true,
		Args:                  takes("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := c.readFile(args[0], template.MaxFile)
			if err != nil {
				return err
			}
			req.YAML = string(raw)
			t, err := ask(cmd.Context(), c, "Writing", app.ImportTemplate, req)
			if err != nil {
				return err
			}
			return c.print(t, func(w io.Writer) {
				fmt.Fprintf(w, "The team has the template %s (%s): %s.\n", line(t.Name), t.ID, versionWords(t.Version, len(t.Changes) > 0))
			})
		},
	}
	cmd.Flags().StringVar(&req.Name, "name", "", "instead of the name in the file")
	cmd.Flags().BoolVar(&req.Draft, "draft", false, "don't publish it yet")
	return cmd
}

func kindNames() string {
	names := make([]string, len(template.Kinds))
	for i, k := range template.Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// readFile reads a file or standard input, and of it not more than one byte above
// limit.
func (c *cli) readFile(name string, limit int64) ([]byte, error) {
	in := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fault.Wrap(err, fault.NotFound, "The file %s can't be read.", "Check its name and permissions.").With(clip(name))
		}
		defer f.Close() //nolint:errcheck // it was only read
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "The file %s can't be read.", "Name a file in YAML.").With(clip(name))
	}
	return raw, nil
}

func (c *cli) templatePublish() *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "publish TEMPLATE [--note TEXT]",
		Short: "Make the next version of a design template of the team",
		Long: "Makes the next version of a design template, which never changes. Worksheets stay with theirs until\n" +
			"somebody moves them.",
		Example:               "  cairn template publish 'Our brief' --note 'Asks for the baseline.'",
		DisableFlagsInUseLine: true,
		Args:                  takes("TEMPLATE"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := ask(cmd.Context(), c, "Writing", app.PublishTemplate, app.PublishTemplateRequest{Template: args[0], Note: note})
			if err != nil {
				return err
			}
			return c.print(t, func(w io.Writer) {
				fmt.Fprintf(w, "Published %s as version %d.\n", line(t.Name), t.Version)
				if n := len(t.Versions); n > 0 {
					for _, change := range t.Versions[n-1].Changes {
						fmt.Fprintf(w, "  %s\n", line(change.Said.String()))
					}
				}
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "what is new in it")
	return cmd
}
