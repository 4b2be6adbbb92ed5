package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/core/fault"
)

func (c *cli) nodeCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "node [--listen ADDRESS]",
		Short: "Hold the workspace and answer programs on this machine until interrupted",
		Long: "Holds the workspace and answers programs on this machine until interrupted. The first line on\n" +
			"standard output is a JSON object that says where; port 0 picks a free port. Meanwhile other\n" +
			"commands reach the workspace through the node.",
		Example: "  cairn node\n" +
			"  cairn node --listen 127.0.0.1:0",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := node.CheckAddress(listen); err != nil {
				return err
			}
			opts, err := c.options(cmd.Context())
			if err != nil {
				return err
			}
			a, err := whileLocked(cmd.Context(), nodePatience, func() (*app.App, error) { return app.Open(cmd.Context(), opts) })
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
	must(cmd.RegisterFlagCompletionFunc("listen", completeWords("127.0.0.1:0", "127.0.0.1:5757")))
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
	ctx := cmd.Context()
	first, err := json.Marshal(ready{true, s.server.URL(), "", s.app.Device().String(), os.Getpid()})
	if err != nil {
		return errors.Join(fmt.Errorf("encode the ready line: %w", err), s.close(ctx))
	}
	if _, err := fmt.Fprintln(c.out, string(first)); err != nil {
		return errors.Join(unwritten(err), s.close(ctx))
	}
	// A node stays: what opening took beyond what it keeps goes back.
	debug.FreeOSMemory()
	select {
	case <-ctx.Done():
		return s.close(ctx)
	case err := <-s.server.Failed():
		return errors.Join(fault.Wrap(err, fault.Internal, "The node stopped answering.", "Start it again."), s.close(ctx))
	}
}
