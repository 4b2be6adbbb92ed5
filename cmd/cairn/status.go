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
		Long: "Tells which workspace, person and device this is, where it lies and how big it is, how its keys\n" +
			"are kept, what has come in but waits, and who else is in the team. Two devices that hold the\n" +
			"same documents show the same state.",
		Example:               "  cairn status\n  cairn status --data ~/cairn-restored --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := ask(cmd.Context(), c, "Looking", app.GetStatus, app.StatusRequest{})
			if err != nil {
				return err
			}
			return c.print(s, func(w io.Writer) { printStatus(w, s) })
		},
	}
}

func printStatus(w io.Writer, s app.Status) {
	row := func(head, text string) { fmt.Fprintf(w, "%-11s %s\n", head, line(text)) }
	row("Workspace", s.Workspace.Name)
	row("Person", fmt.Sprintf("%s (%s)", s.Person.Name, s.Person.Right))
	row("Device", s.Device.String())
	row("Folder", fmt.Sprintf("%s (%s)", s.Folder, size(s.Bytes)))
	row("Contents", fmt.Sprintf("%s, %s, %s", count(s.Documents, "document"), count(s.Operations, "operation"), count(s.Blobs, "file")))
	row("State", s.StateHash)
	row("Keys", s.Keys.Sentence)
	for _, waiting := range s.Waiting {
		row("Waiting", waiting.Sentence)
	}
	if len(s.Peers) == 0 {
		row("Teammates", "none yet")
	}
	for _, p := range s.Peers {
		row("Device of", standing(p))
		if wrong := clockOf(p); wrong != "" {
			row("Clock", wrong)
		}
	}
}

// standing tells how another device stands with this one.
func standing(p app.Peer) string {
	name := p.Name
	if name == "" {
		name = p.Device.String()
	}
	text := fmt.Sprintf("%s: %s, %s", p.Person, name, p.State)
	switch {
	case !p.Known:
	case p.Behind == 0 && p.Ahead == 0:
		text += ", has the same"
	default:
		text += fmt.Sprintf(", %s there and %s here to be exchanged", count(p.Behind, "operation"), count(p.Ahead, "operation"))
	}
	if p.State != "connected" && !p.Seen.IsZero() {
		text += ", last heard " + clock(p.Seen)
	}
	return text
}

func (c *cli) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:                   "version",
		Short:                 "Tell which version of Cairn this is",
		Example:               "  cairn version --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(*cobra.Command, []string) error {
			v := app.Build()
			return c.print(v, func(w io.Writer) { fmt.Fprintf(w, "cairn %s (%s, %s)\n", v.Version, v.Revision, v.Go) })
		},
	}
}
