package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app/relay"
	"cairn/core/fault"
	client "cairn/sync/relay"
)

func (c *cli) relayCommand() *cobra.Command {
	var config relay.Config
	var standing string
	cmd := &cobra.Command{
		Use:   "relay [--listen ADDRESS] [--store DIR] [--nats URL]",
		Short: "Keep what teammates leave for those who are not online, until interrupted",
		Long: "Runs a relay until interrupted: teammates who are never online together, or behind routers that\n" +
			"let nobody in, leave their changes there and fetch those of others. All of it is sealed; the relay\n" +
			"can't read it, and needs no workspace. It is NATS JetStream, in this process.\n\n" +
			"The first line on standard output is a JSON object with the address that clients put in, in which\n" +
			"stands a token: whoever has it can fill the relay, and read nothing. It stays the same for a folder,\n" +
			"as long as the file `token` in it does. A certificate hides it from who listens on the way.\n\n" +
			"With --nats, it looks at a server or cluster that is there already instead, and says what clients\n" +
			"put in. The addresses of several servers have commas between them.",
		Example: "  cairn relay\n" +
			"  cairn relay --listen 0.0.0.0:4222 --websocket 0.0.0.0:443 --tls-cert relay.pem --tls-key relay.key\n" +
			"  cairn relay --nats nats://TOKEN@nats.example.com:4222",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("nats") {
				for _, other := range []string{"listen", "websocket", "store", "tls-cert", "tls-key"} {
					if cmd.Flags().Changed(other) {
						return usage(fmt.Sprintf("With --nats nothing is started, so --%s says nothing.", other), "Leave one of the two out.")
					}
				}
				return c.probeRelay(cmd.Context(), standing)
			}
			return c.runRelay(cmd.Context(), config)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&config.Listen, "listen", "0.0.0.0:4222", "where to answer; port 0 picks a free one")
	flags.StringVar(&config.WebSocket, "websocket", "", "where to answer by WebSocket too, which passes most firewalls on port 443")
	flags.StringVar(&config.Store, "store", "", "the relay's folder (default the system's data folder, below it relay)")
	flags.StringVar(&config.Certificate, "tls-cert", "", "the file of the certificate to show")
	flags.StringVar(&config.Key, "tls-key", "", "the file of its key")
	flags.StringVar(&standing, "nats", "", "the address of a server or cluster that is there already")
	must(cmd.RegisterFlagCompletionFunc("listen", completeWords("0.0.0.0:4222", "127.0.0.1:0")))
	must(cmd.RegisterFlagCompletionFunc("websocket", completeWords("0.0.0.0:443")))
	must(cmd.RegisterFlagCompletionFunc("nats", completeWords("nats://")))
	must(cmd.MarkFlagDirname("store"))
	return cmd
}

// relayReady is the first line of a relay.
type relayReady struct {
	Ready     bool     `json:"ready"`
	Relay     string   `json:"relay"`     // what clients put in
	Addresses []string `json:"addresses"` // all that reach it, by TCP and by WebSocket
	Store     string   `json:"store"`
	PID       int      `json:"pid"`
}

func (c *cli) runRelay(ctx context.Context, config relay.Config) (err error) {
	config.Log, config.Rand = c.logger(), rand.Reader
	if config.Store, err = relayDir(config.Store); err != nil {
		return err
	}
	server, err := relay.Start(ctx, config)
	if err != nil {
		return err
	}
	addresses := server.URLs()
	first, err := json.Marshal(relayReady{true, addresses[0], addresses, config.Store, os.Getpid()})
	if err != nil {
		return errors.Join(fmt.Errorf("encode the ready line: %w", err), server.Stop())
	}
	if _, err := fmt.Fprintln(c.out, string(first)); err != nil {
		return errors.Join(unwritten(err), server.Stop())
	}
	select {
	case <-ctx.Done():
		return server.Stop()
	case err := <-server.Failed():
		return errors.Join(fault.Wrap(err, fault.Internal, "The relay stopped.", "Start it again."), server.Stop())
	}
}

// relayDir returns the relay's folder.
func relayDir(named string) (string, error) {
	if named == "" {
		dir, err := systemDir()
		return filepath.Join(dir, "relay"), err
	}
	dir, err := filepath.Abs(named)
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "The current folder can't be found.", "Name the folder by its full path.")
	}
	return dir, nil
}

// relayFound is what was found at a standing relay.
type relayFound struct {
	Relay string `json:"relay"`
	client.Standing
}

func (c *cli) probeRelay(ctx context.Context, url string) error {
	standing, err := client.Probe(ctx, url)
	if err != nil {
		return err
	}
	return c.print(relayFound{url, standing}, func(w io.Writer) {
		fmt.Fprintf(w, "Clients put in:  %s\n", line(url))
		fmt.Fprintf(w, "Server:          %s, NATS %s\n", line(standing.Server), line(standing.Version))
		if standing.Cluster != "" {
			fmt.Fprintf(w, "Cluster:         %s\n", line(standing.Cluster))
		}
		fmt.Fprintf(w, "Copies:          %d\n", standing.Copies)
		room := "no limit"
		if standing.StoreMost > 0 {
			room = "of " + size(standing.StoreMost)
		}
		fmt.Fprintf(w, "Stored:          %s, %s\n", size(standing.StoreUsed), room)
		if standing.Copies == 1 {
			fmt.Fprintln(w, strings.TrimSpace(`
The server loses what it acknowledged last when its machine loses power, unless its sync_interval is always.
Nothing is lost for good: teammates who have it bring it again.`))
		}
	})
}
