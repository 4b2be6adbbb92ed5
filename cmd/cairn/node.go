package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/core/fault"
)

func (c *cli) nodeCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "node [--listen 127.0.0.1:5757]",
		Short: "Hold the workspace and answer programs on this machine until interrupted",
		Long: "Holds the workspace and answers programs on this machine until interrupted. The first line on\n" +
			"standard output is a JSON object that says where; port 0 picks a free port.",
		Args: takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts, err := c.options()
			if err != nil {
				return err
			}
			a, err := app.Open(cmd.Context(), opts)
			if err != nil {
				return err
			}
			server, err := node.Serve(cmd.Context(), a, listen, opts.Log)
			if err != nil {
				return errors.Join(err, a.Close())
			}
			return c.runNode(cmd, &session{app: a, server: server})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:5757", "where to answer; this machine only")
	return cmd
}

// ready is the first line of a node.
type ready struct {
	Ready  bool   `json:"ready"`
	API    string `json:"api"`
	Sync   string `json:"sync"` // empty: this version does not sync by network
	Device string `json:"device"`
	PID    int    `json:"pid"`
}

func (c *cli) runNode(cmd *cobra.Command, s *session) error {
	line, err := json.Marshal(ready{true, s.server.URL(), "", s.app.Device().String(), os.Getpid()})
	if err != nil {
		return errors.Join(fmt.Errorf("encode the ready line: %w", err), s.close())
	}
	fmt.Fprintln(c.out, string(line))
	select {
	case <-cmd.Context().Done():
		return s.close()
	case err := <-s.server.Failed():
		return errors.Join(fault.Wrap(err, fault.Internal, "The node stopped answering.", "Start it again."), s.close())
	}
}
