package simnet_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/sync/simnet"
)

// play sends a hundred numbered frames, one a millisecond, and returns what
// arrives when.
func play(seed uint64, f simnet.Faults) []string {
	w := simnet.New(seed)
	var got []string
	began := w.Now()
	c := w.Cable(f, func(frame []byte) { got = append(got, fmt.Sprint(frame[0], " after ", w.Now().Sub(began))) })
	for i := range 100 {
		w.After(time.Duration(i)*time.Millisecond, func() { c.Send([]byte{byte(i)}) })
	}
	w.Run(time.Minute)
	return got
}

func order(got []string) (frames []int) {
	for _, s := range got {
		var n int
		if _, err := fmt.Sscan(s, &n); err == nil {
			frames = append(frames, n)
		}
	}
	return frames
}

func TestTheSameSeedIsTheSameWorld(t *testing.T) {
	f := simnet.Faults{Loss: 0.2, Repeat: 0.2, Delay: time.Millisecond, Jitter: 10 * time.Millisecond}
	if diff := cmp.Diff(play(7, f), play(7, f)); diff != "" {
		t.Error(diff)
	}
	if slices.Equal(play(7, f), play(8, f)) {
		t.Error("seeds 7 and 8 play the same")
	}
}

func TestCables(t *testing.T) {
	all := order(play(1, simnet.Faults{Delay: time.Millisecond}))
	if len(all) != 100 || !slices.IsSorted(all) {
		t.Errorf("a perfect cable delivers %v", all)
	}
	if lossy := order(play(1, simnet.Faults{Loss: 0.5})); len(lossy) < 20 || len(lossy) > 80 {
		t.Errorf("a cable that loses half delivers %d of 100", len(lossy))
	}
	if double := order(play(1, simnet.Faults{Repeat: 1})); len(double) != 200 {
		t.Errorf("a cable that repeats delivers %d, want 200", len(double))
	}
	f := simnet.Faults{Jitter: 20 * time.Millisecond}
	if jumbled := order(play(1, f)); slices.IsSorted(jumbled) {
		t.Error("nothing overtakes anything within 20 ms of jitter")
	}
	f.Ordered = true
	if ordered := order(play(1, f)); !slices.IsSorted(ordered) {
		t.Errorf("an ordered cable delivers %v", ordered)
	}
}

func TestCablesTakeTimeAndCanBeCut(t *testing.T) {
	w := simnet.New(1)
	var at []time.Duration
	began := w.Now()
	c := w.Cable(simnet.Faults{Rate: 1000, Delay: time.Second}, func([]byte) { at = append(at, w.Now().Sub(began)) })
	c.Send(make([]byte, 500))
	c.Send(make([]byte, 500))
	if c.Busy() != time.Second {
		t.Errorf("busy for %v after 1000 bytes at 1000 a second", c.Busy())
	}
	w.Run(10 * time.Second)
	if want := []time.Duration{1500 * time.Millisecond, 2 * time.Second}; !slices.Equal(at, want) {
		t.Errorf("frames arrive after %v, want %v", at, want)
	}
	c.Cut(true)
	c.Send([]byte{1})
	c.Cut(false)
	c.Send([]byte{2})
	w.Run(10 * time.Second)
	c.Send([]byte{3})
	c.Close()
	w.Run(10 * time.Second)
	if len(at) != 3 {
		t.Errorf("%d frames arrive, want 3: one was sent while the cable was cut, one was on its way when it closed", len(at))
	}
}

func TestACrashLosesOnlyWhatIsNotSynced(t *testing.T) {
	w := simnet.New(1)
	lost := map[int]bool{}
	for range 100 {
		var d simnet.Disk
		d.Write([]byte{1})
		d.Write([]byte{2})
		d.Sync()
		d.Write([]byte{3})
		d.Write([]byte{4})
		if backup := d.Copy(); len(backup.Records()) != 2 {
			t.Fatalf("a backup holds %d records, want the 2 that are safe", len(backup.Records()))
		}
		d.Crash(w)
		n := len(d.Records())
		if n < 2 {
			t.Fatalf("%d records are left, want the 2 that are safe", n)
		}
		lost[4-n] = true
	}
	if len(lost) != 3 {
		t.Errorf("100 crashes lose %v records, want 0, 1 and 2", lost)
	}
}

func TestClocksJump(t *testing.T) {
	w := simnet.New(1)
	c := w.Clock()
	c.Jump(-time.Hour)
	w.Run(time.Second)
	if got := w.Now().Sub(c.Now()); got != time.Hour {
		t.Errorf("the clock is %v behind, want 1h", got)
	}
	c.Right()
	if !c.Now().Equal(w.Now()) {
		t.Error("the clock is not right")
	}
}
