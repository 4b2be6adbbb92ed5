package blob_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"net"
	"sync"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/sync/blob"
)

const benchSize = 64 << 20

func BenchmarkSplit(b *testing.B) {
	content := random(1, benchSize)
	b.SetBytes(benchSize)
	for b.Loop() {
		if _, err := blob.Split(bytes.NewReader(content), func(blob.Hash, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(benchSize/1e6*float64(b.N)/b.Elapsed().Seconds(), "MB/s-split")
}

// BenchmarkTransfer fetches a file over a TCP connection to this machine. Each
// object is verified by who sends it and by who gets it.
func BenchmarkTransfer(b *testing.B) {
	content := random(1, benchSize)
	from := newShelf()
	ref := from.add(b, content)
	b.SetBytes(benchSize)
	for b.Loop() {
		to := &counting{shelf: newShelf(), joined: make(chan struct{})}
		fetch(b, ref, from, to)
	}
	b.ReportMetric(benchSize/1e6*float64(b.N)/b.Elapsed().Seconds(), "MB/s-moved")
}

// BenchmarkInsertion fetches a file of which 14 bytes are new.
func BenchmarkInsertion(b *testing.B) {
	content := random(1, benchSize)
	edited := append(bytes.Clone(content[:benchSize/2]), "fourteen bytes"...)
	edited = append(edited, content[benchSize/2:]...)
	from := newShelf()
	ref := from.add(b, edited)
	before := newShelf()
	before.add(b, content)
	var sent int
	for b.Loop() {
		to := &counting{shelf: newShelf(), joined: make(chan struct{})}
		to.objects = maps.Clone(before.objects)
		sent = fetch(b, ref, from, to)
	}
	b.ReportMetric(float64(sent)/(1<<20), "MiB-sent")
	b.ReportMetric(benchSize/float64(sent), "x-fewer-than-whole")
}

// counting is a store that tells when a file is whole. It does not join it.
type counting struct {
	*shelf
	joined chan struct{}
}

func (c *counting) Join(blob.Ref) error {
	close(c.joined)
	return nil
}

// fetch has to fetch a file from another store, and returns how many bytes of
// frames that one sent.
func fetch(b *testing.B, ref blob.Ref, from blob.Store, to *counting) int {
	b.Helper()
	names := [2]id.Device{{1}, {2}}
	ends := [2]*blob.Exchange{
		blob.Open(blob.Config{Device: names[0]}, to, time.Now), blob.Open(blob.Config{Device: names[1]}, from, time.Now),
	}
	conns := dial(b)
	var moving sync.WaitGroup
	var sent [2]int
	for i, x := range ends {
		peer := names[1-i]
		woken := make(chan struct{}, 1)
		x.Bind(func(id.Device) {
			select {
			case woken <- struct{}{}:
			default:
			}
		})
		x.Connect(peer)
		moving.Go(func() { sent[i] = write(conns[i], x, peer, woken, to.joined) })
		moving.Go(func() { read(b, conns[i], x, peer) })
	}
	if err := ends[0].Fetch(ref); err != nil {
		b.Fatal(err)
	}
	<-to.joined
	for i, x := range ends {
		if err := conns[i].Close(); err != nil {
			b.Error(err)
		}
		x.Close()
	}
	moving.Wait()
	return sent[1]
}

// dial returns both ends of a connection to this machine.
func dial(b *testing.B) [2]net.Conn {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	a, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	c, err := l.Accept()
	if err != nil {
		b.Fatal(err)
	}
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	return [2]net.Conn{a, c}
}

func write(to net.Conn, x *blob.Exchange, peer id.Device, woken, done <-chan struct{}) (sent int) {
	out := bufio.NewWriterSize(to, 1<<16)
	for {
		kind, payload, ok := x.Next(peer)
		if ok {
			head := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))
			n, err := out.Write(append(append(head, kind), payload...))
			sent += n
			if err != nil {
				return sent
			}
			continue
		}
		if out.Flush() != nil {
			return sent
		}
		select {
		case <-woken:
		case <-done:
			return sent
		}
	}
}

func read(b *testing.B, from net.Conn, x *blob.Exchange, peer id.Device) {
	in := bufio.NewReaderSize(from, 1<<16)
	var head [5]byte
	for {
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return
		}
		payload := make([]byte, binary.BigEndian.Uint32(head[:]))
		if _, err := io.ReadFull(in, payload); err != nil {
			return
		}
		if err := x.Receive(peer, head[4], payload); err != nil {
			b.Error(err)
		}
	}
}
