package presence_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/core/id"
	"cairn/sync/presence"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// desk is devices that are connected to each other.
type desk struct {
	t     *testing.T
	sites map[id.Device]*site
	lose  func(from, to id.Device) bool
	sent  int
}

type site struct {
	*presence.Presence
	device id.Device
	woken  chan id.Device
}

func newDesk(t *testing.T, n int) (*desk, []*site) {
	t.Helper()
	d := &desk{t: t, sites: map[id.Device]*site{}, lose: func(id.Device, id.Device) bool { return false }}
	var all []*site
	for i := range n {
		s := &site{Presence: presence.Open(time.Now), device: id.Device{byte(i + 1)}, woken: make(chan id.Device, 1000)}
		s.Bind(func(peer id.Device) { s.woken <- peer })
		t.Cleanup(s.Close)
		d.sites[s.device] = s
		all = append(all, s)
	}
	for i, a := range all {
		for _, b := range all[:i] {
			a.Connect(b.device)
			b.Connect(a.device)
		}
	}
	d.settle()
	return d, all
}

// settle carries frames until nobody has anything to send.
func (d *desk) settle() {
	d.t.Helper()
	for moved := true; moved; {
		moved = false
		synctest.Wait()
		for _, s := range d.sites {
			for len(s.woken) > 0 {
				peer := <-s.woken
				for {
					kind, payload, ok := s.Next(peer)
					if !ok {
						break
					}
					moved = true
					d.sent++
					if d.lose(s.device, peer) {
						continue
					}
					if err := d.sites[peer].Receive(s.device, kind, payload); err != nil {
						d.t.Fatal(err)
					}
				}
			}
		}
	}
}

// pass lets time pass, in steps short enough for every timer.
func (d *desk) pass(by time.Duration) {
	d.t.Helper()
	const step = 10 * time.Millisecond
	for range by / step {
		time.Sleep(step)
		d.settle()
	}
}

func doc(n byte) id.Doc { return id.Doc{15: n} }

func (s *site) places() string {
	var all []string
	for _, h := range s.List() {
		all = append(all, fmt.Sprintf("%d:%d/%s/%s", h.Device[0], h.Document[15], h.Field, h.Position))
	}
	return strings.Join(all, " ")
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestEverybodySeesWhereOthersAre(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := newDesk(t, 3)
		changed := s[0].Changed()
		s[1].Say(presence.Here{Document: doc(7), Field: "summary", Position: []byte("12")})
		s[2].Say(presence.Here{Document: doc(3)})
		d.settle()
		if got, want := s[0].places(), "3:3// 2:7/summary/12"; got != want || !isClosed(changed) {
			t.Errorf("the first sees %q and is told %v, want %q", got, isClosed(changed), want)
		}
		if got, want := s[1].places(), "3:3//"; got != want {
			t.Errorf("the second sees %q, want %q", got, want)
		}
		d.pass(time.Second)
		s[1].Say(presence.Here{})
		d.settle()
		if got, want := s[0].places(), "3:3//"; got != want {
			t.Errorf("after the second left, the first sees %q, want %q", got, want)
		}
		s[0].Disconnect(s[2].device)
		if got := s[0].places(); got != "" {
			t.Errorf("after the connection ended, the first sees %q", got)
		}
	})
}

func TestWhoConnectsLaterIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := newDesk(t, 2)
		s[0].Disconnect(s[1].device)
		s[1].Disconnect(s[0].device)
		s[0].Say(presence.Here{Document: doc(1)})
		d.settle()
		s[0].Connect(s[1].device)
		s[1].Connect(s[0].device)
		d.settle()
		if got := s[1].places(); got != "1:1//" {
			t.Errorf("it sees %q", got)
		}
		if d.sent != 1 {
			t.Errorf("%d frames were sent, want 1: the other is nowhere", d.sent)
		}
	})
}

func TestAtMostTenASecondAreSentAndTheLatestArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := newDesk(t, 2)
		const seconds = 5
		for n := range seconds * 100 {
			s[0].Say(presence.Here{Document: doc(1), Position: fmt.Append(nil, n)})
			d.pass(10 * time.Millisecond)
		}
		d.pass(100 * time.Millisecond)
		if got, want := s[1].places(), fmt.Sprintf("1:1//%d", seconds*100-1); got != want {
			t.Errorf("it sees %q, want %q", got, want)
		}
		if d.sent < seconds*9 || d.sent > seconds*10+2 {
			t.Errorf("%d frames in %d seconds", d.sent, seconds)
		}
	})
}

func TestWhatHoldsIsRepeatedAndWhatIsNotRepeatedEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := newDesk(t, 2)
		lost := 0
		d.lose = func(id.Device, id.Device) bool { lost++; return lost <= 2 }
		s[0].Say(presence.Here{Document: doc(1)})
		d.pass(21 * time.Second)
		if got := s[1].places(); got != "1:1//" {
			t.Errorf("after two losses it sees %q", got)
		}
		d.pass(time.Hour)
		if got := s[1].places(); got != "1:1//" {
			t.Errorf("after an hour it sees %q", got)
		}
		if d.sent < 350 || d.sent > 370 {
			t.Errorf("%d frames in an hour, want about 360", d.sent)
		}
		d.lose = func(id.Device, id.Device) bool { return true }
		changed := s[1].Changed()
		d.pass(19 * time.Second)
		if s[1].places() == "" {
			t.Error("forgotten too early")
		}
		d.pass(12 * time.Second)
		if got := s[1].places(); got != "" || !isClosed(changed) {
			t.Errorf("after 31 s of silence it sees %q, and was told %v", got, isClosed(changed))
		}
	})
}

func TestARepetitionIsNoChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := newDesk(t, 2)
		s[0].Say(presence.Here{Document: doc(1), Field: "a"})
		d.settle()
		since := s[1].List()[0].Since
		changed := s[1].Changed()
		sent := d.sent
		s[0].Say(presence.Here{Document: doc(1), Field: "a", Since: time.Now(), Device: id.Device{9}})
		d.pass(time.Minute)
		if isClosed(changed) {
			t.Error("told of a change")
		}
		if got := d.sent - sent; got < 5 || got > 7 {
			t.Errorf("%d frames in a minute, want 6", got)
		}
		s[0].Say(presence.Here{Document: doc(1), Field: "b"})
		d.pass(time.Second)
		if got := s[1].List()[0]; got.Field != "b" || !got.Since.Equal(since) {
			t.Errorf("in another field of the document since %v, want %v", got.Since, since)
		}
		s[0].Say(presence.Here{Document: doc(2)})
		d.pass(time.Second)
		if got := s[1].List()[0]; got.Since.Equal(since) {
			t.Error("in another document since before it was opened")
		}
	})
}

func TestAFloodIsPassedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := newDesk(t, 2)
		frames := func(n int, text string) {
			for i := range n {
				frame := presence.Encode(presence.Here{Document: doc(1), Position: fmt.Append(nil, text, i)})
				if err := s[0].Receive(s[1].device, 0x20, frame); err != nil {
					t.Fatal(err)
				}
			}
		}
		frames(1000, "a")
		if got, want := s[0].places(), "2:1//a19"; got != want {
			t.Errorf("of a thousand frames at once it took %q, want %q", got, want)
		}
		time.Sleep(time.Second)
		frames(1000, "b")
		if got, want := s[0].places(), "2:1//b9"; got != want {
			t.Errorf("a second later it took %q, want %q", got, want)
		}
	})
}

func TestThereAreNoMoreThanFit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := newDesk(t, 1)
		frame := presence.Encode(presence.Here{Document: doc(1)})
		for i := range 1000 {
			device := id.Device{byte(i), byte(i >> 8), 1}
			s[0].Connect(device)
			if err := s[0].Receive(device, 0x20, frame); err != nil {
				t.Fatal(err)
			}
		}
		if got := len(s[0].List()); got != 256 {
			t.Errorf("%d are here, want 256", got)
		}
		if err := s[0].Receive(id.Device{31: 1}, 0x20, frame); err != nil || len(s[0].List()) != 256 {
			t.Errorf("who is not connected is here, %v", err)
		}
	})
}

func TestWhatIsTooLongIsLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := newDesk(t, 2)
		for _, tt := range []struct {
			say  presence.Here
			want string
		}{
			{presence.Here{Document: doc(1), Field: strings.Repeat("f", 65), Position: []byte("1")}, "1:1//"},
			{presence.Here{Document: doc(2), Field: "f", Position: make([]byte, 65)}, "1:2/f/"},
			{presence.Here{Document: doc(3), Field: "a\nb"}, "1:3//"},
			{presence.Here{Document: doc(4), Field: strings.Repeat("f", 64), Position: bytes.Repeat([]byte("p"), 64)}, "1:4/" + strings.Repeat("f", 64) + "/" + strings.Repeat("p", 64)},
		} {
			s[0].Say(tt.say)
			d.pass(200 * time.Millisecond)
			if got := s[1].places(); got != tt.want {
				t.Errorf("it sees %q, want %q", got, tt.want)
			}
		}
	})
}

func TestFramesOfLaterVersionsArePassedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, s := newDesk(t, 2)
		if err := s[0].Receive(s[1].device, 0x27, []byte("anything")); err != nil {
			t.Errorf("a later kind: %v", err)
		}
		frame := presence.Encode(presence.Here{Document: doc(1), Field: "f"})
		frame[0] |= 0x80
		if err := s[0].Receive(s[1].device, 0x20, append(frame, "more"...)); err != nil || s[0].places() != "2:1/f/" {
			t.Errorf("a flag and more: %v, and it sees %q", err, s[0].places())
		}
		for name, frame := range map[string]string{
			"nothing":         "",
			"cut short":       "\x01abc",
			"no document":     "\x01" + strings.Repeat("\x00", 16) + "\x00\x00",
			"a long field":    "\x01" + strings.Repeat("d", 16) + "\x41" + strings.Repeat("f", 65) + "\x00",
			"a long position": "\x01" + strings.Repeat("d", 16) + "\x00\x41" + strings.Repeat("p", 65),
			"no text":         "\x01" + strings.Repeat("d", 16) + "\x01\xff\x00",
			"control":         "\x01" + strings.Repeat("d", 16) + "\x01\x1b\x00",
		} {
			if err := s[0].Receive(s[1].device, 0x20, []byte(frame)); !errors.Is(err, presence.ErrMalformed) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func examples() map[string]presence.Here {
	return map[string]presence.Here{
		"nowhere":  {},
		"document": {Document: id.Doc{1, 2, 3, 15: 4}},
		"text":     {Document: id.Doc{1, 2, 3, 15: 4}, Field: "summary", Position: []byte{0, 1, 0xff}},
	}
}

func TestGoldenFramesAreStillRead(t *testing.T) {
	for name, want := range examples() {
		path := filepath.Join("testdata", name+"-v1.golden")
		golden, err := os.ReadFile(path)
		if os.IsNotExist(err) && *update {
			golden, err = presence.Encode(want), os.WriteFile(path, presence.Encode(want), 0o644)
		}
		if err != nil {
			t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
		}
		if got := presence.Encode(want); !bytes.Equal(got, golden) {
			t.Errorf("%s: %x, want %x", name, got, golden)
		}
		got, err := presence.Decode(golden)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-written +read):\n%s", name, err, diff)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, h := range examples() {
		f.Add(presence.Encode(h))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		h, err := presence.Decode(payload)
		if err != nil {
			if !errors.Is(err, presence.ErrMalformed) {
				t.Fatalf("Decode: %v", err)
			}
			return
		}
		again, err := presence.Decode(presence.Encode(h))
		if diff := cmp.Diff(h, again); diff != "" || err != nil {
			t.Fatalf("%x comes back otherwise: %v\n%s", payload, err, diff)
		}
	})
}
