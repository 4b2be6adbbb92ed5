package main

import (
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
	timestamp "cairn/core/clock"
)

func (c *cli) peerCommand() *cobra.Command {
	return group("peer", "See how this device stands with its teammates', and tell it where they are",
		"  cairn peer list\n  cairn peer add 192.168.1.20:5758",
		c.peerList(), c.peerAdd(), c.peerRemove(), c.peerSync())
}

func (c *cli) peerList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Tell how this device stands with every other of the workspace",
		Long: "Tells of every other device of the workspace whether it is connected, how many changes it has\n" +
			"that are not here, how many of those here it is not known to have, and when it was last heard.",
		Example:               "  cairn peer list\n  cairn peer list --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.tellPeers(ask(cmd.Context(), c, "Looking", app.ListPeers, app.ListPeersRequest{}))
		},
	}
}

func (c *cli) peerAdd() *cobra.Command {
	return &cobra.Command{
		Use:   "add ADDRESS",
		Short: "Add an address at which a teammate's device, or a relay, is",
		Long: "Adds an address at which a teammate's device can be reached, or the nats:// address of a relay.\n" +
			"Devices in the same network find each other without; and where one was reached, it is\n" +
			"looked for again.",
		Example: "  cairn peer add 192.168.1.20:5758\n" +
			"  cairn peer add nats://TOKEN@relay.example.com:4222",
		DisableFlagsInUseLine: true,
		Args:                  takes("ADDRESS"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.tellPeers(ask(cmd.Context(), c, "Writing", app.AddPeer, app.AddPeerRequest{Address: args[0]}))
		},
	}
}

func (c *cli) peerRemove() *cobra.Command {
	return &cobra.Command{
		Use:                   "remove ADDRESS",
		Short:                 "Take an address out that was added or learnt",
		Example:               "  cairn peer remove 192.168.1.20:5758",
		DisableFlagsInUseLine: true,
		Args:                  takes("ADDRESS"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.tellPeers(ask(cmd.Context(), c, "Writing", app.RemovePeer, app.RemovePeerRequest{Address: args[0]}))
		},
	}
}

func (c *cli) peerSync() *cobra.Command {
	return &cobra.Command{
		Use:                   "sync",
		Short:                 "Try at once to reach every device that is away",
		Example:               "  cairn peer sync",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.tellPeers(ask(cmd.Context(), c, "Asking", app.SyncNow, app.SyncNowRequest{}))
		},
	}
}

func (c *cli) tellPeers(p app.Peers, err error) error {
	if err != nil {
		return err
	}
	return c.print(p, func(w io.Writer) { c.printPeers(w, p) })
}

func (c *cli) printPeers(w io.Writer, p app.Peers) {
	if len(p.Peers) == 0 {
		fmt.Fprintln(w, "There is no other device in this workspace yet. `cairn invite` makes a link for one.")
	} else {
		rows := make([][]string, len(p.Peers))
		for i, peer := range p.Peers {
			behind, ahead, seen := "–", "–", "–"
			if peer.Known {
				behind, ahead = fmt.Sprint(peer.Behind), fmt.Sprint(peer.Ahead)
			}
			if !peer.Seen.IsZero() {
				seen = clock(peer.Seen)
			}
			rows[i] = []string{peer.Person, peer.Name, peer.State, behind, ahead, seen, peer.Address}
		}
		c.table(w, "PERSON,DEVICE,STATE,BEHIND,AHEAD,LAST SEEN,ADDRESS", rows)
	}
	for _, peer := range p.Peers {
		printTrouble(w, peer.Person, peer.Trouble)
		if wrong := clockOf(peer); wrong != "" {
			fmt.Fprintln(w, line(wrong))
		}
	}
	for _, a := range p.Addresses {
		printTrouble(w, a.Address, a.Trouble)
	}
	if r := p.Relay; r != nil {
		fmt.Fprintf(w, "Relay %s: %s.\n", line(r.URL), r.State)
		printTrouble(w, "Relay", r.Trouble)
	}
	printTrouble(w, "This device", p.Trouble)
	for _, address := range p.Listening {
		fmt.Fprintf(w, "This device is reached at %s.\n", line(address))
	}
}

// clockOf says that the clock of a device goes wrong, nothing when it does not.
func clockOf(p app.Peer) string {
	way := "ahead of"
	if p.ClockAhead < 0 {
		way = "behind"
	}
	if p.ClockAhead.Abs() <= timestamp.MaxAhead {
		return ""
	}
	return fmt.Sprintf("%s: The clock of %s is %s %s this one. Set the time on one of the two: changes carry it.", p.Person, cmp.Or(p.Name, "the device"), span(p.ClockAhead.Abs()), way)
}

func printTrouble(w io.Writer, who string, t *app.Trouble) {
	if t == nil {
		return
	}
	text := who + ": " + t.Reason.Sentence
	if t.Hint != nil {
		text += " " + t.Hint.Sentence
	}
	fmt.Fprintln(w, line(text))
}
