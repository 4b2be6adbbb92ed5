package link_test

import (
	"sync"
	"testing"

	"go.uber.org/goleak"

	"cairn/core/oplog"
)

func TestMain(m *testing.M) {
	go func() {
		for job := range outside.jobs {
			job()
			outside.done <- struct{}{}
		}
	}()
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// outside works outside of every bubble. Compression keeps channels for later,
// and those that were made in one bubble are of no use in another.
var outside = struct {
	mu   sync.Mutex
	jobs chan func()
	done chan struct{}
}{jobs: make(chan func()), done: make(chan struct{})}

func sealed(d oplog.Draft, by actor) (b oplog.Batch, err error) {
	outside.mu.Lock()
	defer outside.mu.Unlock()
	outside.jobs <- func() { b, err = oplog.Seal(d, by.Key) }
	<-outside.done
	return b, err
}

func opened(raw []byte) (b oplog.Batch, err error) {
	outside.mu.Lock()
	defer outside.mu.Unlock()
	outside.jobs <- func() { b, err = oplog.Open(raw) }
	<-outside.done
	return b, err
}
