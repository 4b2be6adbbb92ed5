package relay

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Standing is what is found at the address of a relay.
type Standing struct {
	Server  string `json:"server"`  // the name of the server that answered
	Version string `json:"version"` // of the server's program
	Cluster string `json:"cluster"` // empty when the server stands alone
	Copies  int    `json:"copies"`  // on how many servers a workspace is kept
	// StoreUsed and StoreMost are bytes; StoreMost is -1 without a limit.
	StoreUsed int64 `json:"store_used"`
	StoreMost int64 `json:"store_most"`
}

// Probe finds out whether a workspace can use the relay at an address, by
// leaving a message there and taking it away again. The error is a fault.
func Probe(ctx context.Context, url string) (Standing, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := &Client{Config: Config{URL: url, Log: slog.New(slog.DiscardHandler)}}
	nc, err := c.connect(ctx, func(error) {})
	if err != nil {
		return Standing{}, faultOf(err)
	}
	defer nc.Close()
	s, err := probe(ctx, nc)
	if err != nil {
		return s, faultOf(err)
	}
	return s, nil
}

func probe(ctx context.Context, nc *nats.Conn) (Standing, error) {
	s := Standing{Server: nc.ConnectedServerName(), Version: nc.ConnectedServerVersion(), Cluster: nc.ConnectedClusterName()}
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(askTimeout))
	if err != nil {
		return s, err
	}
	info, err := js.AccountInfo(ctx)
	if err != nil {
		return s, fmt.Errorf("ask for the account: %w", err)
	}
	s.StoreUsed, s.StoreMost = int64(info.Store), info.Limits.MaxStore
	n := &names{tag: "probe-" + tagText.EncodeToString([]byte(rand.Text()[:tagBytes]))}
	stream, err := openStream(ctx, js, func(copies int) jetstream.StreamConfig {
		s.Copies = copies
		config := n.streamConfig(copies)
		config.DenyDelete = false
		return config
	})
	if err != nil {
		return s, fmt.Errorf("make a stream: %w", err)
	}
	_, err = js.Publish(ctx, "cairn."+n.tag+"."+subjectData+".probe", []byte{1})
	s.Copies = stream.CachedInfo().Config.Replicas
	return s, errors.Join(err, js.DeleteStream(ctx, n.stream()))
}
