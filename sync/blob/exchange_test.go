package blob_test

import (
	"bytes"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"cairn/core/id"
	"cairn/sync/blob"
)

// wire joins exchanges as sync/link does: a goroutine for each direction sends
// when it is woken.
type wire struct {
	tb    testing.TB
	ends  map[id.Device]*blob.Exchange
	woken map[[2]id.Device]chan struct{} // from, to
	stop  chan struct{}
}

func newWire(tb testing.TB, stores ...blob.Store) (*wire, []*blob.Exchange) {
	tb.Helper()
	w := &wire{tb: tb, ends: map[id.Device]*blob.Exchange{}, woken: map[[2]id.Device]chan struct{}{}, stop: make(chan struct{})}
	var all []*blob.Exchange
	var devices []id.Device
	for i, s := range stores {
		device := id.Device{byte(i + 1)}
		x := blob.Open(blob.Config{Device: device, Auto: 1 << 20}, s, time.Now)
		tb.Cleanup(x.Close)
		for _, other := range devices {
			w.woken[[2]id.Device{device, other}] = make(chan struct{}, 1)
			w.woken[[2]id.Device{other, device}] = make(chan struct{}, 1)
		}
		w.ends[device] = x
		all, devices = append(all, x), append(devices, device)
	}
	for _, device := range devices {
		w.ends[device].Bind(func(peer id.Device) {
			select {
			case w.woken[[2]id.Device{device, peer}] <- struct{}{}:
			default:
			}
		})
	}
	for pair := range w.woken {
		w.ends[pair[0]].Connect(pair[1])
	}
	for pair, woken := range w.woken {
		go w.carry(pair[0], pair[1], woken)
	}
	tb.Cleanup(func() { close(w.stop) })
	return w, all
}

func (w *wire) carry(from, to id.Device, woken <-chan struct{}) {
	for {
		select {
		case <-w.stop:
			return
		case <-woken:
		}
		for {
			kind, payload, ok := w.ends[from].Next(to)
			if !ok {
				break
			}
			if err := w.ends[to].Receive(from, kind, payload); err != nil {
				w.tb.Error(err)
			}
		}
	}
}

func TestExchangesExchange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, c := newShelf(), newShelf(), newShelf()
		large := random(1, 5<<20)
		small := random(2, 1000)
		ref, little := b.add(t, large), c.add(t, small)
		_, x := newWire(t, a, b, c)
		changed := x[0].Changed()
		if err := errors.Join(x[0].Fetch(ref), x[0].Refer(little), x[2].Refer(ref)); err != nil {
			t.Fatal(err)
		}
		if _, fetching := x[2].Progress(ref.Root); fetching {
			t.Error("a large file is fetched unasked")
		}
		synctest.Wait()
		if !bytes.Equal(a.joined[ref.Root], large) || !bytes.Equal(a.joined[little.Root], small) {
			progress, fetching := x[0].Progress(ref.Root)
			t.Errorf("%d and %d bytes have come: %+v, %v", len(a.joined[ref.Root]), len(a.joined[little.Root]), progress, fetching)
		}
		select {
		case <-changed:
		default:
			t.Error("nobody is told of progress")
		}
		if _, fetching := x[0].Progress(ref.Root); fetching {
			t.Error("what is here is still fetched")
		}
	})
}

func TestExchangesAskAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newShelf(), newShelf()
		content := random(1, 100_000)
		ref := b.add(t, content)
		w, x := newWire(t, a, b)
		b.mu.Lock()
		held := b.objects
		b.objects = map[blob.Hash][]byte{}
		b.mu.Unlock()
		if err := x[0].Fetch(ref); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if p, fetching := x[0].Progress(ref.Root); !fetching || p.Done != 0 || p.Sources != 0 {
			t.Errorf("of a file that nobody has: %+v, %v", p, fetching)
		}
		b.mu.Lock()
		b.objects = held
		b.mu.Unlock()
		x[1].Stored(ref)
		synctest.Wait()
		if !bytes.Equal(a.joined[ref.Root], content) {
			t.Error("it does not come when it has been added")
		}
		other := b.add(t, random(3, 50_000))
		for device := range w.ends {
			x[0].Disconnect(device)
			x[1].Disconnect(device)
		}
		if err := x[0].Fetch(other); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		x[0].Cancel(other.Root)
		if _, fetching := x[0].Progress(other.Root); fetching {
			t.Error("what was cancelled is still fetched")
		}
		if first, last := x[0].Kinds(); first != blob.KindAsk || last != 0x2f {
			t.Errorf("kinds %#x to %#x", first, last)
		}
	})
}
