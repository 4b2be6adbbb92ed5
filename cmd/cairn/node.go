package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/network"
	"cairn/core/fault"
)

func (c *cli) nodeCommand() *cobra.Command {
	var listen string
	var how network.Options
	cmd := &cobra.Command{
		Use:   "node [--listen ADDRESS] [--sync ADDRESS]",
		Short: "Hold the workspace, sync it with teammates and answer programs on this machine",
		Long: "Holds the workspace, syncs it with teammates' devices and answers programs on this machine, until\n" +
			"interrupted. The first line on standard output is a JSON object that says where; port 0 picks a\n" +
			"free port. Meanwhile other commands reach the workspace through the node.\n\n" +
			"Teammates reach it at the address of --sync, which is listened on as soon as there is another\n" +
			"device in the workspace or somebody is invited. --sync none listens nowhere: the node still\n" +
			"reaches others. --lan=false keeps it from looking for teammates in the same network.",
		Example: "  cairn node\n" +
			"  cairn node --listen 127.0.0.1:0 --sync :0",
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
			if how.Listen == syncNowhere {
				how.Listen = ""
			}
			if err := a.Sync(how); err != nil {
				return errors.Join(err, server.Close(cmd.Context()), a.Close())
			}
			return c.runNode(cmd, &session{app: a, server: server})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:5757", "where to answer; this machine only")
	lan := true
	cmd.Flags().StringVar(&how.Listen, "sync", ":"+strconv.Itoa(network.Port), "where teammates' devices are heard, or none")
	cmd.Flags().BoolVar(&lan, "lan", true, "find teammates' devices in the same network")
	cmd.PreRun = func(*cobra.Command, []string) { how.Quiet = !lan }
	must(cmd.RegisterFlagCompletionFunc("sync", completeWords(":0", ":"+strconv.Itoa(network.Port), syncNowhere)))
	must(cmd.RegisterFlagCompletionFunc("listen", completeWords("127.0.0.1:0", "127.0.0.1:5757")))
	return cmd
}

// syncNowhere is what --sync says for listening nowhere.
const syncNowhere = "none"

// ready is the first line of a node.
type ready struct {
	Ready  bool   `json:"ready"`
	API    string `json:"api"`
	Sync   string `json:"sync"` // where teammates' devices are heard; empty as long as there are none
	Device string `json:"device"`
	PID    int    `json:"pid"`
}

// heardAt returns the first of the addresses at which teammates' devices reach
// this one, empty if there is none.
func (s *session) heardAt() string {
	if at := s.app.Network().State().Listening; len(at) > 0 {
		return at[0]
	}
	return ""
}

func (c *cli) runNode(cmd *cobra.Command, s *session) error {
	ctx := cmd.Context()
	first, err := json.Marshal(ready{true, s.server.URL(), s.heardAt(), s.app.Device().String(), os.Getpid()})
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
