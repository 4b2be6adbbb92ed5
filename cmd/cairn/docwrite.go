package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) docCreate() *cobra.Command {
	var project string
	cmd := &cobra.Command{
		Use:   "create KIND [--project P] [FIELD=VALUE]…",
		Short: "Make a document",
		Long: "Makes a document. `cairn doc kinds` tells the kinds and their fields; most belong to a project.\n" +
			"Values are written as for `cairn doc set`.",
		Example:               "  cairn doc create requirement --project Churn title='Find churners' metric=recall comparison='>=' threshold=0.8",
		DisableFlagsInUseLine: true,
		Args:                  takes("KIND", "[FIELD=VALUE]…"),
		ValidArgsFunction:     completeAssignments,
		RunE: func(cmd *cobra.Command, args []string) error {
			fields, err := assignments(args[1:])
			if err != nil {
				return err
			}
			d, err := ask(cmd.Context(), c, "Writing", app.CreateDoc, app.CreateDocRequest{Kind: args[0], Project: project, Fields: fields})
			if err != nil {
				return err
			}
			return c.print(d, func(w io.Writer) { printDoc(w, d) })
		},
	}
	cmd.Flags().StringVar(&project, "project", "", "the project it belongs to, by ID or name")
	must(cmd.RegisterFlagCompletionFunc("project", noFiles))
	return cmd
}

// assignments reads FIELD=VALUE arguments.
func assignments(args []string) (map[string]string, error) {
	fields := map[string]string{}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok || name == "" {
			return nil, usage(fmt.Sprintf("%q sets no field.", clip(arg)), "Write FIELD=VALUE.")
		}
		if _, twice := fields[name]; twice {
			return nil, usage(fmt.Sprintf("The field %s is set twice.", clip(name)), "Leave one of them out.")
		}
		fields[name] = value
	}
	return fields, nil
}

// maxValue bounds a value that comes by standard input.
const maxValue = 1 << 20

func (c *cli) docSet() *cobra.Command {
	return &cobra.Command{
		Use:   "set ID FIELD VALUE",
		Short: "Make a field hold a value",
		Long: "Makes a field hold a value; only what differs is written. A set or list takes words with commas\n" +
			"between them or a JSON array; a counter grows by the value; an empty value clears the field.\n" +
			"`-` reads the value from standard input; after `--` a value may start with a dash.",
		Example: "  cairn doc set 01kjmma2ha threshold 0.85\n" +
			"  cairn doc set 01kjmma2ha notes - < notes.txt\n" +
			"  cairn doc set 01kjmma2ha threshold -- -1",
		DisableFlagsInUseLine: true,
		Args:                  takes("ID", "FIELD", "VALUE"),
		ValidArgsFunction:     completeField,
		RunE: func(cmd *cobra.Command, args []string) error {
			value := args[2]
			if value == "-" {
				var err error
				if value, err = readValue(cmd.Context(), c.in); err != nil {
					return err
				}
			}
			d, err := ask(cmd.Context(), c, "Writing", app.SetField, app.SetFieldRequest{ID: args[0], Field: args[1], Value: value})
			if err != nil {
				return err
			}
			return c.print(d, func(w io.Writer) { printDoc(w, d) })
		},
	}
}

// readValue reads a value to the end, less the line break that an editor or
// echo puts there.
func readValue(ctx context.Context, from io.Reader) (string, error) {
	b, err := unlessInterrupted(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(from, maxValue+1)) })
	if err != nil {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	if len(b) > maxValue {
		return "", usage("The value is larger than 1 MiB.", "Attach long data as a file.")
	}
	if !utf8.Valid(b) {
		return "", usage("The value on standard input is not UTF-8 text.", "Convert it first, or attach it as a file.")
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r"), nil
}
