//go:build netns

package multicast_test

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/sync/discovery"
	"cairn/sync/discovery/multicast"
)

// These tests use real sockets, between processes in network namespaces that
// are joined by a cable. They need Linux, ip and the right to make namespaces,
// and fail without:
//
//	go test -tags netns -run Netns -v ./sync/discovery/multicast

// roleVar makes this test binary a device that tells on its standard output
// who is nearby, until it is interrupted.
const roleVar = "CAIRN_NETNS_WORKSPACE"

func TestMain(m *testing.M) {
	if name := os.Getenv(roleVar); name != "" {
		device(id.Workspace{0: name[0]})
		return
	}
	os.Exit(m.Run())
}

func device(ws id.Workspace) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	l := discovery.Open(discovery.Config{
		Network: multicast.New(), Workspaces: []id.Workspace{ws}, Port: 4711,
		Now: time.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	for said := ""; ; {
		changed := l.Changed()
		now := "nobody"
		if err := l.Off(); err != nil {
			now = "off"
		}
		for _, h := range l.Nearby() {
			now = strings.Join(h.Addresses, " ")
		}
		if now != said {
			fmt.Println(now)
			said = now
		}
		select {
		case <-changed:
		case <-interrupted:
			l.Close()
			return
		}
	}
}

// place is a network namespace.
type place string

func ip(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		t.Fatalf("ip %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// places makes two namespaces, joined by a cable.
func places(t *testing.T) [2]place {
	t.Helper()
	var all [2]place
	for i := range all {
		all[i] = place(fmt.Sprintf("cairn-%d-%d", os.Getpid(), i))
		ip(t, "netns", "add", string(all[i]))
		t.Cleanup(func() { ip(t, "netns", "delete", string(all[i])) })
	}
	ip(t, "-n", string(all[0]), "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", string(all[1]))
	for i, p := range all {
		// Its own address is usable at once, without asking whether others have it.
		ip(t, "netns", "exec", string(p), "sysctl", "-q", "-w", "net.ipv6.conf.eth0.accept_dad=0")
		ip(t, "-n", string(p), "address", "add", fmt.Sprintf("198.51.100.%d/24", i+1), "dev", "eth0")
		ip(t, "-n", string(p), "link", "set", "eth0", "up")
	}
	for _, p := range all {
		p.carries(t)
	}
	return all
}

// carries returns once the kernel says that the cable of p carries.
func (p place) carries(t *testing.T) {
	t.Helper()
	for late := time.Now().Add(10 * time.Second); time.Now().Before(late); {
		out, err := exec.Command("ip", "-n", string(p), "-o", "link", "show", "dev", "eth0", "up").Output()
		if err == nil && strings.Contains(string(out), "LOWER_UP") && strings.Contains(string(out), "state UP") {
			return
		}
	}
	t.Fatalf("the cable of %s does not carry after 10 s", p)
}

// running is a device in a place, and what it tells.
type running struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string
}

func (p place) start(t *testing.T, workspace string) *running {
	t.Helper()
	r := &running{t: t, cmd: exec.Command("ip", "netns", "exec", string(p), os.Args[0]), lines: make(chan string, 100)}
	r.cmd.Env = append(os.Environ(), roleVar+"="+workspace)
	r.cmd.Stderr = os.Stderr
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			r.lines <- lines.Text()
		}
		close(r.lines)
	}()
	t.Cleanup(func() { r.end(syscall.SIGKILL) })
	return r
}

// end ends the device; it may have ended before.
func (r *running) end(how syscall.Signal) {
	if r.cmd.Process.Signal(how) == nil {
		_ = r.cmd.Wait() // killed, or ended by itself: both are wanted
	}
}

// tells waits until the device tells what is wanted, and returns the line.
func (r *running) tells(what string, wanted func(line string) bool, within time.Duration) string {
	r.t.Helper()
	late := time.After(within)
	for {
		select {
		case line, open := <-r.lines:
			if !open {
				r.t.Fatalf("the device ended before %s", what)
			}
			if wanted(line) {
				return line
			}
		case <-late:
			r.t.Fatalf("not %s within %v", what, within)
		}
	}
}

func nobody(line string) bool   { return line == "nobody" }
func somebody(line string) bool { return strings.Contains(line, ":4711") }

func TestDevicesFindEachOtherNetns(t *testing.T) {
	at := places(t)
	first := at[0].start(t, "w")
	first.tells("up", nobody, 10*time.Second)
	stranger := at[1].start(t, "x")
	stranger.tells("up", nobody, 10*time.Second)

	began := time.Now()
	second := at[1].start(t, "w")
	line := second.tells("found by who came later", somebody, 10*time.Second)
	t.Logf("who came later found the first after %v: %s", time.Since(began).Round(time.Millisecond), line)
	line = first.tells("found by who was there", somebody, 10*time.Second)
	t.Logf("who was there found the second after %v: %s", time.Since(began).Round(time.Millisecond), line)
	four, six := false, false
	for text := range strings.FieldsSeq(line) {
		a, err := netip.ParseAddrPort(text)
		if err != nil {
			t.Fatal(err)
		}
		four = four || a.Addr() == netip.MustParseAddr("198.51.100.2")
		six = six || a.Addr().IsLinkLocalUnicast() && a.Addr().Zone() == "eth0"
	}
	if !four || !six {
		t.Errorf("found at %s, want 198.51.100.2 and a link-local address with its zone", line)
	}

	began = time.Now()
	third := at[1].start(t, "w")
	third.tells("found by a third", somebody, 10*time.Second)
	t.Logf("a third found one of those that are known after %v", time.Since(began).Round(time.Millisecond))
	third.end(syscall.SIGKILL)

	began = time.Now()
	second.end(syscall.SIGINT)
	first.tells("rid of who said goodbye", func(line string) bool { return !strings.Contains(line, "198.51.100.2") }, 10*time.Second)
	t.Logf("who said goodbye was gone after %v", time.Since(began).Round(time.Millisecond))
	for told := true; told; {
		select {
		case line := <-stranger.lines:
			if somebody(line) {
				t.Errorf("a stranger finds %q", line)
			}
		default:
			told = false
		}
	}
}

func TestACableIsPluggedInNetns(t *testing.T) {
	at := places(t)
	ip(t, "-n", string(at[0]), "link", "set", "eth0", "down")
	first, second := at[0].start(t, "w"), at[1].start(t, "w")
	first.tells("off", func(line string) bool { return line == "off" }, 10*time.Second)
	began := time.Now()
	ip(t, "-n", string(at[0]), "link", "set", "eth0", "up")
	first.tells("found", somebody, 20*time.Second)
	second.tells("found", somebody, 20*time.Second)
	t.Logf("both were found %v after the cable was plugged in", time.Since(began).Round(time.Millisecond))
}
