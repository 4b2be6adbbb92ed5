package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/network"
	"cairn/core/fault"
)

func (c *cli) joinCommand() *cobra.Command {
	var j app.Joining
	var keys string
	cmd := &cobra.Command{
		Use:   "join LINK --person NAME [--device NAME] [--at ADDRESS]",
		Short: "Come into a teammate's workspace with an invite",
		Long: "Makes the folder given by --data for the workspace that LINK invites to, has the device that\n" +
			"made the link let this one in, and receives what there is. While that device can't be reached it\n" +
			"goes on trying; interrupted, it goes on where it was when it is called again.\n\n" + keysHelp,
		Example:               "  cairn join cairn://join/1/… --person 'Bo Lind'\n  cairn join --data ./acme cairn://join/1/… --person Bo --device 'Bo at home' --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("LINK"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts, err := c.newOptions(cmd.Context(), keys)
			if err != nil {
				return err
			}
			j.Link = args[0]
			if j.Machine == "" {
				j.Machine = app.HostName()
			}
			status, err := c.join(cmd.Context(), opts, j)
			if err != nil {
				return err
			}
			return c.print(founded{status.Workspace, status.Device, status.Person, status.Folder, status.Keys}, func(w io.Writer) {
				fmt.Fprintf(w, "%s is in the workspace %s, in %s: %s, %s.\n", line(status.Person.Name), line(status.Workspace.Name), line(status.Folder), count(status.Documents, "document"), count(status.Operations, "operation"))
				fmt.Fprintln(w, "Start `cairn node`, or open Cairn, to stay in sync.")
			})
		},
	}
	cmd.Flags().StringVar(&j.Person, "person", "", "your name, as teammates see it")
	cmd.Flags().StringVar(&j.Machine, "device", "", "what to call this device (default the name of the machine)")
	cmd.Flags().StringVar(&j.At, "at", "", "host:port of the device that made the link, when it is not where the link says")
	c.keysFlag(cmd, &keys)
	return cmd
}

// join comes into the workspace and tells meanwhile how it stands.
func (c *cli) join(ctx context.Context, opts app.Options, j app.Joining) (app.Status, error) {
	var status app.Status
	var err error
	said := saying{text: "Looking for the device that made the link"}
	c.workingOn(said.now, func() {
		var a *app.App
		if a, err = app.Join(ctx, opts, network.Options{}, j, said.step); err == nil {
			status, err = statusAndClose(ctx, a)
		}
	})
	if err != nil && ctx.Err() != nil {
		if why := said.why(); why != nil {
			err = errors.Join(err, why)
		}
		return status, fault.Wrap(err, fault.Unavailable, "It is not joined yet.", "Call `cairn join` again with the same link to go on.")
	}
	return status, err
}

// saying is what a person reads while a device joins.
type saying struct {
	mu      sync.Mutex
	text    string // guarded by mu
	trouble error  // guarded by mu
}

func (s *saying) now() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text
}

func (s *saying) why() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

func (s *saying) step(step app.JoinStep) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = step.Trouble
	switch {
	case step.Stage == app.Receiving && step.All > 0:
		s.text = fmt.Sprintf("Receiving %d of %d operations", step.Here, step.All)
	case step.Stage == app.Receiving:
		s.text = "Let in; receiving"
	case step.Trouble != nil:
		s.text = fault.Message(step.Trouble) + " Trying again"
	}
}
