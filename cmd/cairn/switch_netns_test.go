//go:build netns

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// ether is an Ethernet switch between network namespaces, each of which is a
// laptop's room with one cable. It can lose frames, cables can be pulled, and
// rooms walled off from each other. It takes the rights to make namespaces and
// TAP devices.
type ether struct {
	t testing.TB

	mu     sync.Mutex
	rooms  []*room           // guarded by mu
	loss   float64           // share of the frames that are lost; guarded by mu
	rate   float64           // bytes a second beyond which frames are lost, 0 for none; guarded by mu
	credit float64           // bytes that may pass at once; guarded by mu
	passed time.Time         // when credit was reckoned; guarded by mu
	lots   *rand.Rand        // guarded by mu
	walls  map[[2]*room]bool // who does not reach whom; guarded by mu
	pumps  sync.WaitGroup
}

// room is a network namespace with one cable to a switch.
type room struct {
	name    string
	address string
	tap     *os.File
	pulled  bool // guarded by ether.mu
}

// namespaces is how many there were: their names are the machine's.
var namespaces atomic.Int64

// newEther returns a switch that loses frames by a seed.
func newEther(t testing.TB, seed uint64) *ether {
	t.Helper()
	n := &ether{t: t, lots: rand.New(rand.NewPCG(seed, 1)), walls: map[[2]*room]bool{}}
	t.Cleanup(func() {
		for _, r := range n.all() {
			_ = r.tap.Close()
		}
		n.pumps.Wait()
		for _, r := range n.all() {
			_ = exec.Command("ip", "netns", "del", r.name).Run()
		}
	})
	return n
}

func (n *ether) all() []*room {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]*room(nil), n.rooms...)
}

// room adds a namespace that is connected to the switch.
func (n *ether) room(name string) *room {
	n.t.Helper()
	number := len(n.all()) + 1
	r := &room{name: fmt.Sprintf("cairn-%d-%d-%s", os.Getpid(), namespaces.Add(1), name), address: fmt.Sprintf("10.77.0.%d", number)}
	n.ip("netns", "add", r.name)
	tap, err := openTap(r.name)
	if err != nil {
		n.t.Fatalf("open a TAP device in %s: %v", r.name, err)
	}
	r.tap = tap
	for _, args := range [][]string{
		{"addr", "add", r.address + "/24", "dev", "lan0"},
		{"link", "set", "lo", "up"},
		{"link", "set", "lan0", "up"},
		{"route", "add", "224.0.0.0/4", "dev", "lan0"},
	} {
		n.ip(append([]string{"-n", r.name}, args...)...)
	}
	n.mu.Lock()
	n.rooms = append(n.rooms, r)
	n.mu.Unlock()
	n.pumps.Go(func() { n.pump(r) })
	return r
}

// move gives a room another address, as another Wi-Fi does.
func (n *ether) move(r *room, address string) {
	n.t.Helper()
	n.ip("-n", r.name, "addr", "del", r.address+"/24", "dev", "lan0") // first: the kernel takes later ones of the same network with it
	n.ip("-n", r.name, "addr", "add", address+"/24", "dev", "lan0")
	n.ip("-n", r.name, "route", "replace", "224.0.0.0/4", "dev", "lan0")
	r.address = address
}

func (n *ether) ip(args ...string) {
	n.t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		n.t.Fatalf("ip %q: %v: %s", args, err, out)
	}
}

// lose makes the switch lose a share of all frames from now on.
func (n *ether) lose(share float64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.loss = share
}

// narrow makes the switch carry no more than so many bytes a second, 0 for no
// limit.
func (n *ether) narrow(rate float64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rate, n.credit, n.passed = rate, 0, time.Now()
}

// burst is how many bytes a narrow network carries at once after a rest.
const burst = 32 << 10

// fits reports whether a frame can be carried now. The caller holds mu.
func (n *ether) fits(size int) bool {
	if n.rate == 0 {
		return true
	}
	now := time.Now()
	n.credit = min(n.credit+n.rate*now.Sub(n.passed).Seconds(), burst)
	n.passed = now
	if n.credit < float64(size) {
		return false
	}
	n.credit -= float64(size)
	return true
}

// pull takes a room's cable out, or plugs it in again.
func (n *ether) pull(r *room, out bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	r.pulled = out
}

// wall lets nothing pass between two rooms.
func (n *ether) wall(a, b *room) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.walls[[2]*room{a, b}], n.walls[[2]*room{b, a}] = true, true
}

// pump carries what a room sends to all others, as a hub does, until its device
// is closed.
func (n *ether) pump(from *room) {
	frame := make([]byte, 1<<16)
	for {
		size, err := from.tap.Read(frame)
		if err != nil {
			return
		}
		for _, to := range n.reached(from, size) {
			_, _ = to.tap.Write(frame[:size]) // a full queue is a lost frame
		}
	}
}

// reached returns who gets a frame of so many bytes that comes from a room.
func (n *ether) reached(from *room, size int) []*room {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []*room
	if !n.fits(size) {
		return nil
	}
	for _, r := range n.rooms {
		if r != from && !r.pulled && !from.pulled && !n.walls[[2]*room{from, r}] && n.lots.Float64() >= n.loss {
			out = append(out, r)
		}
	}
	return out
}

// openTap makes the device lan0 in a namespace. The calling thread is in it only
// meanwhile; what is open stays there.
func openTap(namespace string) (*os.File, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	home, err := os.Open(fmt.Sprintf("/proc/self/task/%d/ns/net", unix.Gettid()))
	if err != nil {
		return nil, err
	}
	defer func() { _ = home.Close() }()
	there, err := os.Open("/var/run/netns/" + namespace)
	if err != nil {
		return nil, err
	}
	defer func() { _ = there.Close() }()
	if err := unix.Setns(int(there.Fd()), unix.CLONE_NEWNET); err != nil {
		return nil, fmt.Errorf("enter the namespace: %w", err)
	}
	tap, err := makeTap("lan0")
	if back := unix.Setns(int(home.Fd()), unix.CLONE_NEWNET); back != nil {
		panic(back) // the thread would carry on elsewhere
	}
	return tap, err
}

func makeTap(name string) (*os.File, error) {
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	request, err := unix.NewIfreq(name)
	if err != nil {
		return nil, err
	}
	request.SetUint16(unix.IFF_TAP | unix.IFF_NO_PI)
	if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, request); err != nil {
		return nil, fmt.Errorf("make a TAP device: %w", err)
	}
	return os.NewFile(uintptr(fd), "/dev/net/tun"), nil
}
