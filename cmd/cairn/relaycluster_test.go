package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"cairn/app"
)

// servers are a cluster of three servers that somebody else runs.
type servers []*server.Server

const clusterToken = "abcdefghijklmnopqrstuvwxyz234567"

func newServers(t *testing.T) servers {
	t.Helper()
	var c servers
	var routes []*url.URL
	ports := make([]int, 3)
	for i := range ports {
		ports[i] = unusedPort(t)
		routes = append(routes, mustURL(t, fmt.Sprintf("nats://127.0.0.1:%d", ports[i])))
	}
	for i, port := range ports {
		s, err := server.NewServer(&server.Options{
			ServerName: fmt.Sprintf("server%d", i), Host: "127.0.0.1", Port: server.RANDOM_PORT, Authorization: clusterToken,
			JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, NoLog: true, NoSigs: true,
			Cluster: server.ClusterOpts{Name: "standing", Host: "127.0.0.1", Port: port}, Routes: routes,
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		c = append(c, s)
	}
	c.elected(t)
	return c
}

// unusedPort returns a port that nobody listens on.
func unusedPort(t *testing.T) int {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return ln.Addr().(*net.TCPAddr).Port
}

// elected waits until the servers have met. A server tells nobody of its
// election, so they are asked again and again.
func (c servers) elected(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), relayPatience)
	defer cancel()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		for _, s := range c {
			if s.JetStreamIsLeader() && len(s.JetStreamClusterPeers()) == len(c) {
				return
			}
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			t.Fatal("the servers have not met")
		}
	}
}

// urls returns what clients put in: every server.
func (c servers) urls() string {
	var all []string
	for _, s := range c {
		all = append(all, fmt.Sprintf("nats://%s@%s", clusterToken, s.Addr()))
	}
	return strings.Join(all, ",")
}

// TestATeamAtAStandingCluster lets somebody in through a cluster, which then
// loses the server that the link names.
func TestATeamAtAStandingCluster(t *testing.T) {
	t.Parallel()
	c := newServers(t)
	var found relayFound
	if err := json.Unmarshal([]byte(answered(t, "relay", "--nats", c.urls(), "--json")), &found); err != nil {
		t.Fatal(err)
	}
	if found.Relay != c.urls() || found.Cluster != "standing" || found.Copies != 3 {
		t.Errorf("found %+v, want the cluster with three copies", found)
	}

	ada := founder(t)
	ada.write("Churn")
	addresses := strings.Split(found.Relay, ",")
	done(ada, app.AddPeer, app.AddPeerRequest{Address: addresses[0]})
	ben := joiner(t, "Ben", ada.invite(addresses[0]))
	ben.agrees(ada)
	c[0].Shutdown()
	ada.write("Fraud")
	ben.agrees(ada)
	ben.write("Upsell")
	ada.agrees(ben)

	done(ada, app.AddPeer, app.AddPeerRequest{Address: found.Relay})
	ada.invite(addresses[0] + "," + addresses[1]) // as many as fit a link
}
