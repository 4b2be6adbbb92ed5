package relay_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/sync/relay"
)

// cluster is a relay of three servers.
type cluster struct {
	t     testing.TB
	mu    sync.Mutex
	nodes []*server.Server
}

func newCluster(t testing.TB) *cluster {
	t.Helper()
	c := &cluster{t: t}
	var routes []*url.URL
	ports := make([]int, 3)
	for i := range ports {
		ports[i] = freePort(t)
		routes = append(routes, must(url.Parse(fmt.Sprintf("nats://127.0.0.1:%d", ports[i]))))
	}
	for i, port := range ports {
		s, err := server.NewServer(&server.Options{
			ServerName: fmt.Sprintf("node%d", i), Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, NoLog: true, NoSigs: true,
			JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 1 << 30,
			Cluster: server.ClusterOpts{Name: "relay", Host: "127.0.0.1", Port: port}, Routes: routes,
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		c.nodes = append(c.nodes, s)
	}
	c.until("all have met", func() bool {
		leaders := 0
		for _, s := range c.nodes {
			if s.JetStreamIsLeader() {
				leaders++
				leaders += len(s.JetStreamClusterPeers())
			}
		}
		return leaders == 4
	})
	return c
}

// freePort returns a port that nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	ln := must((&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0"))
	defer func() { _ = ln.Close() }()
	return ln.Addr().(*net.TCPAddr).Port
}

// until asks again and again, as a server tells nobody of its election.
func (c *cluster) until(what string, holds func() bool) {
	c.t.Helper()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	end := time.NewTimer(patience)
	defer end.Stop()
	for !holds() {
		select {
		case <-ticker.C:
		case <-end.C:
			c.t.Fatalf("%s: waited for in vain", what)
		}
	}
}

// dialFrom returns how a client reaches the cluster: at one node, and the next
// ones when it is gone.
func (c *cluster) dialFrom(first int) func(string, string) (net.Conn, error) {
	return func(string, string) (net.Conn, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		for i := range c.nodes {
			if s := c.nodes[(first+i)%len(c.nodes)]; s.Running() {
				return s.InProcessConn()
			}
		}
		return nil, errors.New("no node is left")
	}
}

// stream returns what the cluster says of the workspace's stream, asked at a
// node.
func (c *cluster) stream(name string) *jetstream.StreamInfo {
	c.mu.Lock()
	nc := must(nats.Connect("", nats.InProcessServer(c.nodes[0])))
	c.mu.Unlock()
	defer nc.Close()
	return must(must(must(jetstream.New(nc)).Stream(context.Background(), name)).Info(context.Background()))
}

func TestAClusterThatLosesANodeGoesOn(t *testing.T) {
	c := newCluster(t)
	w := &world{t: t, cast: newCast(3), sealer: newSealer(0)}
	var sites []*site
	for n := range 3 {
		s := w.site(n, true)
		s.dial = c.dialFrom(n)
		s.online()
		sites = append(sites, s)
	}
	ada, ben, cyd := sites[0], sites[1], sites[2]
	for _, s := range sites {
		s.brought()
	}
	logs, _ := relay.StreamsOf(w.cast.ws)
	info := c.stream(logs)
	if info.Config.Replicas != 3 || info.Cluster == nil {
		t.Fatalf("the stream has %d copies, want 3", info.Config.Replicas)
	}

	const batches, each = 120, 10
	kill := make(chan struct{})
	var writers sync.WaitGroup
	for _, s := range []*site{ada, ben} {
		writers.Go(func() {
			for n := range batches {
				s.write(s.Log(1), 1, each)
				if n == batches/3 {
					kill <- struct{}{}
				}
				if n%10 == 9 { // so that it goes on while the node is missing
					s.has(s.Log(1), uint64(n*each))
					s.brought()
				}
			}
		})
	}
	<-kill
	for i, s := range c.nodes {
		if s.Name() == info.Cluster.Leader {
			c.mu.Lock()
			c.nodes[i].Shutdown()
			c.mu.Unlock()
		}
	}
	<-kill
	writers.Wait()
	for _, s := range sites {
		s.has(ada.Log(1), batches*each)
		s.has(ben.Log(1), batches*each)
	}
	cyd.brought()
	equal(t, ada, ben, cyd)
	for _, s := range sites {
		if st := s.client.Status(); st.Bad != 0 {
			t.Errorf("Status = %+v, want nothing bad", st)
		}
	}
}
