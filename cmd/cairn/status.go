package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Tell who, what, where, how big, and who is behind",
		Args:  takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := ask(cmd.Context(), c, app.GetStatus, app.StatusRequest{})
			if err != nil {
				return err
			}
			c.print(s, func(w io.Writer) { printStatus(w, s) })
			return nil
		},
	}
}

func printStatus(w io.Writer, s app.Status) {
	fmt.Fprintf(w, "Workspace   %s\n", printable(s.Workspace.Name))
	fmt.Fprintf(w, "Person      %s\n", printable(s.Person.Name))
	fmt.Fprintf(w, "Device      %s\n", s.Device)
	fmt.Fprintf(w, "Folder      %s (%s)\n", s.Folder, size(s.Bytes))
	fmt.Fprintf(w, "Contents    %s, %s, %s\n", count(s.Documents, "document"), count(s.Operations, "operation"), count(s.Blobs, "file"))
	fmt.Fprintf(w, "State       %s\n", s.StateHash)
	fmt.Fprintf(w, "Keys        %s\n", s.Keys.Sentence)
	for _, waiting := range s.Waiting {
		fmt.Fprintf(w, "Waiting     %s\n", waiting.Sentence)
	}
	if len(s.Peers) == 0 {
		fmt.Fprintln(w, "Teammates   none yet")
	}
}

func (c *cli) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell which version of Cairn this is",
		Args:  takes(),
		RunE: func(*cobra.Command, []string) error {
			v := app.Build()
			c.print(v, func(w io.Writer) { fmt.Fprintf(w, "cairn %s (%s, %s)\n", v.Version, v.Revision, v.Go) })
			return nil
		},
	}
}
