package relay_test

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/oplog"
	"cairn/sync/relay"
)

// opsPerBatch is what a busy device puts into one batch.
const opsPerBatch = 100

// sealed returns so many batches of a site's log that are in no store yet.
func (s *site) sealed(batches int) (out []oplog.Batch) {
	head := oplog.Head{}
	for range batches {
		b := must(oplog.Seal(s.w.cast.draft(s.Log(1), head, opsPerBatch), s.Key))
		head = b.Head(b.Hash)
		out = append(out, b)
	}
	return out
}

// BenchmarkThrough sends batches from one member to another through a relay that
// syncs every message: read from a store, sealed, stored there, fetched, opened,
// verified. The ratio is to the engine alone, with the same batches, one a
// message.
func BenchmarkThrough(b *testing.B) {
	const batches = 2000
	var ours, alone time.Duration
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b, 2)
		ada, ben := w.site(0, true), w.site(1, true)
		lot := ada.sealed(batches)
		alone += w.plain(lot)
		ada.online()
		ben.online()
		ada.brought()
		ben.brought()
		b.StartTimer()
		began := time.Now()
		ada.store.Mu.Lock()
		for _, batch := range lot {
			ada.store.Add(batch)
		}
		ada.store.Mu.Unlock()
		ada.client.Wrote()
		ben.has(ada.Log(1), batches*opsPerBatch)
		ours += time.Since(began)
		b.StopTimer()
		ada.offline()
		ben.offline()
		w.stop()
		b.StartTimer()
	}
	b.ReportMetric(float64(b.N)*batches*opsPerBatch/ours.Seconds(), "ops/s")
	b.ReportMetric(alone.Seconds()/ours.Seconds(), "ratio")
}

// plain returns how long the engine takes to pass batches on as they are.
func (w *world) plain(lot []oplog.Batch) time.Duration {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	js, hangUp := w.script()
	defer hangUp()
	stream := must(js.CreateStream(ctx, jetstream.StreamConfig{Name: "plain", Subjects: []string{"plain"}, Storage: jetstream.FileStorage}))
	began := time.Now()
	consumer := must(stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{}))
	messages := must(consumer.Messages())
	defer messages.Stop()
	sent := make(chan error, 1)
	go func() {
		for _, b := range lot {
			msg := &nats.Msg{Subject: "plain", Data: b.Raw, Header: nats.Header{}}
			if _, err := js.PublishMsgAsync(msg, jetstream.WithMsgID(b.Hash.String())); err != nil {
				sent <- err
				return
			}
		}
		sent <- nil
	}()
	for range lot {
		must(messages.Next(jetstream.NextContext(ctx)))
	}
	took := time.Since(began)
	if err := <-sent; err != nil {
		w.t.Fatal(err)
	}
	return took
}

// BenchmarkLive is one edit after the other: until it is durable at the relay
// and in the other's store.
func BenchmarkLive(b *testing.B) {
	w := newWorld(b, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	ada.online()
	ben.online()
	ada.brought()
	ben.until("connected", func(st relay.Status) bool { return st.Known && st.Behind == 0 })
	n := uint64(0)
	for b.Loop() {
		ada.write(ada.Log(1), 1, 1)
		n++
		ben.has(ada.Log(1), n)
	}
}
