package link_test

import (
	"testing"

	"go.uber.org/goleak"

	"cairn/core/oplog"
)

func TestMain(m *testing.M) {
	warm()
	goleak.VerifyTestMain(m)
}

// warm has compression make its channels, which belong to no bubble then.
func warm() {
	a := actorOf(0)
	ops := make([]oplog.Op, 100)
	for i := range ops {
		ops[i] = oplog.Op{Stamp: epoch, Noun: 1, Kind: 1, Payload: make([]byte, 12)}
	}
	b, err := oplog.Seal(oplog.Draft{Workspace: [8]byte{1}, Log: a.log(), Ops: ops}, a.key)
	if err == nil {
		_, err = oplog.Open(b.Raw)
	}
	if err != nil {
		panic(err)
	}
}
