package network_test

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// tap passes connections on to an address and counts what goes over them, both
// ways: TLS, WebSocket and all, but not TCP's own.
type tap struct {
	ln      net.Listener
	to      string
	bytes   atomic.Int64
	passing sync.WaitGroup
}

func newTap(tb testing.TB, to string) *tap {
	tb.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	t := &tap{ln: ln, to: to}
	t.passing.Go(func() {
		for {
			c, err := ln.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				tb.Error(err)
				return
			}
			t.passing.Go(func() { t.pass(c) })
		}
	})
	return t
}

func (t *tap) pass(c net.Conn) {
	defer func() { _ = c.Close() }()
	other, err := net.Dial("tcp", t.to)
	if err != nil {
		return // who listens is gone
	}
	defer func() { _ = other.Close() }()
	back := make(chan struct{})
	go func() {
		defer close(back)
		t.count(c, other)
		_ = c.Close()
	}()
	t.count(other, c)
	_ = other.Close()
	<-back
}

func (t *tap) count(w io.Writer, r io.Reader) {
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		t.bytes.Add(int64(n))
		if _, writeErr := w.Write(buf[:n]); err != nil || writeErr != nil {
			return
		}
	}
}

// close waits until the connections are over: the laptops are closed.
func (t *tap) close() {
	_ = t.ln.Close()
	t.passing.Wait()
}

// BenchmarkWire is what goes over the network for an operation: in a backlog in
// batches of a hundred, of 13 bytes each on average; and for an edit of its own,
// with its claims and acknowledgements.
func BenchmarkWire(b *testing.B) {
	const batches = 2000
	ada := found(b)
	w := joined(ada, 5000)
	w.fill(ada, batches)
	t := newTap(b, ada.listen())
	ben := ada.admitted("Ben")
	ben.reach(t.ln.Addr().String())
	ben.lists(w)
	bulk := t.bytes.Load()
	e := newEdits(ada, ben)
	typed := time.NewTicker(everyEdit)
	defer typed.Stop()
	before, edits := t.bytes.Load(), 0
	for b.Loop() {
		<-typed.C
		e.edit()
		edits++
	}
	<-typed.C // its acknowledgement
	b.ReportMetric(float64(bulk)/(batches*perBatch), "B/op-sent")
	b.ReportMetric(float64(t.bytes.Load()-before)/float64(edits), "B/edit-sent")
	ben.close()
	ada.close()
	t.close()
}
