package journal_test

import (
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// slowView takes a tenth of a second, by the clock that it is, for whatever it is
// told.
type slowView struct {
	noView
	mu    sync.Mutex
	now   time.Time
	shown map[id.Doc]*doc.Doc
	calls int
	told  chan struct{}
}

func (v *slowView) Changed(docs []*doc.Doc) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.now = v.now.Add(100 * time.Millisecond)
	v.calls++
	for _, d := range docs {
		v.shown[d.ID()] = d
	}
	select {
	case v.told <- struct{}{}:
	default:
	}
}

func (v *slowView) Now() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.now = v.now.Add(time.Millisecond)
	return v.now
}

func (v *slowView) shows(j *journal.Journal, docs []id.Doc) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, name := range docs {
		if d, err := j.Doc(name); err != nil || v.shown[name] != d {
			return false
		}
	}
	return true
}

// TestWhatComesInBulkIsShownNowAndThen has much arrive for which nobody waits,
// and somebody write in between.
func TestWhatComesInBulkIsShownNowAndThen(t *testing.T) {
	const requests, docs = 60, 1000
	a, founding := newAuthor(t, docs)
	v := &slowView{now: time.Now(), shown: map[id.Doc]*doc.Doc{}, told: make(chan struct{}, 1)}
	d, err := disk.Create(disk.Options{Dir: filepath.Join(t.TempDir(), "workspace"), Key: make([]byte, disk.KeySize)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	j, err := journal.Open(t.Context(), journal.Config{
		Disk: d, Key: a.key, Now: v.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler), View: v,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	if err := j.Belong(t.Context(), a.ws); err != nil {
		t.Fatal(err)
	}
	if err := j.Receive(t.Context(), [][]byte{founding}); err != nil {
		t.Fatal(err)
	}
	receive := func() {
		t.Helper()
		if r := <-j.ReceiveLater(t.Context(), [][]byte{a.batch(t, 100)}); r.Err != nil {
			t.Fatal(r.Err)
		}
	}
	for range requests {
		receive()
	}
	if v.mu.Lock(); v.calls > requests/2 {
		t.Errorf("the view was told %d times of %d requests", v.calls, requests)
	}
	v.mu.Unlock()
	for !v.shows(j, a.docs) {
		<-v.told
	}
	for range docs / 100 {
		receive()
	}
	mine := a.docs[0]
	err = j.Write(t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(mine)
		if err != nil {
			return err
		}
		return tx.Apply(d, noun.Requirements.Number, d.SetRegister(7, doc.String("mine")))
	})
	if err != nil {
		t.Fatal(err)
	}
	if !v.shows(j, []id.Doc{mine}) {
		t.Error("what this device wrote is not shown when it is acknowledged")
	}
	for !v.shows(j, a.docs) {
		<-v.told
	}
}
