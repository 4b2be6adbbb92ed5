package disk_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"cairn/app/disk"
	"cairn/core/fault"
)

// childEnv names the folder that a child process of a test works in.
const childEnv = "CAIRN_DISK_TEST_CHILD"

// runChild runs the calling test again in a process of its own and reports
// whether this is that process; the other one has nothing left to do.
func runChild(t *testing.T) bool {
	t.Helper()
	if os.Getenv(childEnv) != "" {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), childEnv+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PASS: "+t.Name()) {
		t.Fatalf("child: %v\n%s", err, out)
	}
	return false
}

// limitFiles lets this process make no file longer than size.
func limitFiles(t *testing.T, size uint64) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	l.Cur = min(size, l.Max)
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
}

// TestFailedWriteIsOutlived lets the system refuse the file that the database
// needs next, in the middle of its work, and later grant it.
func TestFailedWriteIsOutlived(t *testing.T) {
	if !runChild(t) {
		return
	}
	d := create(t, disk.Options{})
	fill(t, d, 0)
	limitFiles(t, 24<<20) // a write-ahead file has 32 MiB, a table less than 20
	next := uint64(5)
	var err error
	for err == nil {
		e := entry(logB, next, 1)
		e.Raw = noise(200 << 10)
		if err = d.Append([]disk.Entry{e}); err == nil {
			next++
		}
	}
	wantKind(t, err, fault.Full)
	wantKind(t, d.Append([]disk.Entry{entry(logA, 10, 1)}), fault.Full)

	limitFiles(t, unix.RLIM_INFINITY)
	want, err := read(d)
	if err != nil {
		t.Fatalf("read with room again: %v", err)
	}
	if got := want.Heads[logB].Next; got != next || len(want.Batches[logB]) != int(next) {
		t.Errorf("log ends at %d with %d batches, %d were acknowledged", got, len(want.Batches[logB]), next)
	}
	if err := d.Append([]disk.Entry{entry(logB, next, 1)}); err != nil {
		t.Fatalf("Append with room again: %v", err)
	}
	want, err = read(d)
	if err != nil {
		t.Fatal(err)
	}
	unchanged(t, reopen(t, d, disk.Options{}), want)
}

// TestBlobBeyondTheLargestFileIsRefused lets a write fail for want of room.
func TestBlobBeyondTheLargestFileIsRefused(t *testing.T) {
	if !runChild(t) {
		return
	}
	d := create(t, disk.Options{})
	limitFiles(t, 1<<20)
	_, err := d.PutBlob(t.Context(), bytes.NewReader(noise(2<<20)), 1<<30)
	wantKind(t, err, fault.Full)
	if left, err := filepath.Glob(filepath.Join(d.Dir(), "blobs", "*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	limitFiles(t, unix.RLIM_INFINITY)
	put(t, d, noise(2<<20))
}

// TestFullVolume fills a small volume for real, and then lets somebody else
// take the room that is left.
func TestFullVolume(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("cairn-test", dir, "tmpfs", 0, "size=330m"); err != nil {
		t.Logf("no small volume to fill without the right to mount one: %v", err)
		return
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	o := disk.Options{Dir: filepath.Join(dir, "w"), Reserve: 280 << 20}
	d := create(t, o)
	var next uint64
	var err error
	for err == nil {
		e := entry(logA, next, 1)
		e.Raw = noise(250 << 10)
		if err = d.Append([]disk.Entry{e}); err == nil {
			next++
		}
	}
	wantKind(t, err, fault.Full)
	if next < 100 {
		t.Fatalf("full after %d batches", next)
	}
	count := func(d *disk.Disk) (n uint64) {
		if err := d.Batches(logA, 0, func(uint64, []byte) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := count(d); got != next {
		t.Errorf("%d batches are there, %d were acknowledged", got, next)
	}
	d = reopen(t, d, o)
	shut(t, d) // so that nothing is being compacted into the room that goes

	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 256<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	d = reopen(t, d, o) // lean
	if got := count(d); got != next {
		t.Errorf("%d batches are there when the volume is full, %d were acknowledged", got, next)
	}
	wantKind(t, d.Append([]disk.Entry{entry(logA, next, 1)}), fault.Full)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT, "size=800m"); err != nil {
		t.Fatal(err)
	}
	if err := d.Append([]disk.Entry{entry(logA, next, 1)}); err != nil {
		t.Errorf("Append with room again: %v", err)
	}
	if got := count(d); got != next+1 {
		t.Errorf("%d batches are there at the end, %d were acknowledged", got, next+1)
	}
}

func TestReadOnlyVolume(t *testing.T) {
	dir, want := closed(t, disk.Options{})
	mount := t.TempDir()
	if err := errors.Join(unix.Mount(dir, mount, "", unix.MS_BIND, ""), unix.Mount("", mount, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, "")); err != nil {
		t.Logf("no read-only volume without the right to mount one: %v", err)
		return
	}
	t.Cleanup(func() {
		if err := unix.Unmount(mount, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	_, err := disk.Open(disk.Options{Dir: mount})
	wantKind(t, err, fault.Unavailable)
	_, err = disk.Create(disk.Options{Dir: filepath.Join(mount, "new")})
	wantKind(t, err, fault.Unavailable)
	openWhole(t, mount, disk.Options{ReadOnly: true}, want)
	if got := fmt.Sprint(err); !strings.Contains(got, mount) {
		t.Errorf("%s does not name the folder", got)
	}
}
