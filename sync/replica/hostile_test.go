package replica_test

import (
	"errors"
	"testing"
	"time"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

func TestWhoSendsNonsenseIsThrownOut(t *testing.T) {
	tests := []struct {
		name string
		send func(d *desk, a, b *site) replica.Message // what b sends a
	}{
		{"no batch", func(*desk, *site, *site) replica.Message {
			return replica.Batches{Raw: [][]byte{[]byte("no batch at all")}}
		}},
		{"a forged batch", func(d *desk, a, b *site) replica.Message {
			other := d.sites[2]
			forged := must(oplog.Seal(oplog.Draft{
				Workspace: d.cast.ws.Prefix(), Log: other.Log(1),
				Ops: []oplog.Op{{Stamp: clock.StampOf(d.now), Doc: docOf(0), Kind: 1}},
			}, b.Key))
			return replica.Batches{Raw: [][]byte{forged.Raw}}
		}},
		{"a proof of nothing", func(d *desk, a, b *site) replica.Message {
			one := b.seal(b.Log(1), oplog.Head{}, 1)
			return replica.Fork{One: one.Raw, Other: one.Raw}
		}},
		{"more logs than there can be", func(d *desk, a, b *site) replica.Message {
			s := a.sessions[b]
			for n := range uint32(oplog.MaxLogs) {
				_ = s.Receive(replica.Have{Seq: 1000 + n, Fresh: n == 0, Claims: []replica.Claim{{
					Log: id.Log{Device: 7, Incarnation: n}, Head: oplog.Head{Next: 1},
				}}}, d.now.Add(time.Duration(n)*time.Millisecond))
			}
			return replica.Have{Seq: 1000 + oplog.MaxLogs, Claims: []replica.Claim{{Log: b.Log(1), Head: oplog.Head{Next: 1}}}}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, 3)
			a, b := d.sites[0], d.sites[1]
			d.connect(a, b)
			d.run(time.Second)
			_ = a.sessions[b].Receive(tt.send(d, a, b), d.now)
			a.settle()
			if err := a.sessions[b].Err(); !errors.Is(err, replica.ErrPeer) {
				t.Errorf("the session goes on: %v", err)
			}
			if m, _ := a.sessions[b].Next(d.now); m != (replica.Bye{Reason: replica.Malformed}) {
				t.Errorf("the peer is told %+v", m)
			}
		})
	}
}

func TestAFloodEndsTheSession(t *testing.T) {
	for name, flood := range map[string]func(a *site) replica.Message{
		"of batches": func(a *site) replica.Message { return replica.Batches{Raw: [][]byte{a.store.Logs[a.Log(1)][0].Raw}} },
		"of wishes":  func(*site) replica.Message { return replica.Again{} },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, 2)
			a, b := d.sites[0], d.sites[1]
			a.write(a.Log(1), 1, 3000)
			d.connect(a, b)
			d.run(time.Second)
			s := a.sessions[b]
			sent := 0
			for ; s.Err() == nil && sent < 1e6; sent++ {
				_ = s.Receive(flood(a), d.now)
			}
			if !errors.Is(s.Err(), replica.ErrPeer) || sent < 100 {
				t.Errorf("after %d messages: %v", sent, s.Err())
			}
		})
	}
}

// Nobody fills everybody's vectors with logs of its own.
func TestADeviceHasOnlySoManyLogs(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	for n := range uint32(replica.MaxLogsOfDevice + 20) {
		batch := b.seal(b.Log(1+n), oplog.Head{}, 1)
		b.store.Add(batch)
	}
	b.restart()
	d.connect(a, b)
	d.run(10 * time.Second)
	if got := len(a.store.Logs) - 1; got != replica.MaxLogsOfDevice {
		t.Errorf("%d logs of one device are taken in, want %d", got, replica.MaxLogsOfDevice)
	}
	if st := a.sessions[b].Status(); st.Err != nil || st.Behind != 20 {
		t.Errorf("status %+v, want 20 behind", st)
	}
}

// What a peer wants is sent as fast as it is taken, whatever it wants: nothing
// is prepared for it.
func TestWishesCostNothing(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	a.write(a.Log(1), 10, 10)
	d.connect(a, b)
	d.run(time.Second)
	s := a.sessions[b]
	for n := range uint32(1000) {
		var w replica.Want
		for i := range uint32(replica.MaxRanges) {
			w.Ranges = append(w.Ranges, oplog.Range{Log: id.Log{Device: id.ShortDevice(n), Incarnation: i}, To: 1 << 60})
		}
		w.Round, w.Limit = 1+n%2, 1<<60
		w.Ranges = append(w.Ranges[1:], oplog.Range{Log: a.Log(1), From: 0, To: 1 << 60})
		_ = s.Receive(w, d.now)
	}
	got := 0
	for m, ok := s.Next(d.now); ok; m, ok = s.Next(d.now) {
		if b, ok := m.(replica.Batches); ok {
			got += len(b.Raw)
		}
	}
	if got != 10 || s.Err() != nil {
		t.Errorf("%d batches are sent, %v; want each once", got, s.Err())
	}
}
