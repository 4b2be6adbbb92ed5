package network

import (
	"errors"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/link"
	"cairn/sync/relay"
)

// store is the journal as the protocol wants to see it.
type store struct {
	*journal.Journal
	disk *disk.Disk
}

var (
	_ link.Store  = store{}
	_ relay.Store = store{}
)

// errEnough ends a walk through a log that has given what it was for.
var errEnough = errors.New("enough")

// HeadAt implements replica.Store.
func (s store) HeadAt(log id.Log, next uint64) (oplog.Head, error) {
	var head oplog.Head
	err := s.disk.BatchesBack(log, next, func(_ uint64, raw []byte) error {
		b, err := oplog.Open(raw)
		if err != nil {
			return err
		}
		if b.End() > next {
			return nil // next is in the middle of it
		}
		head = b.Head(b.Hash)
		return errEnough
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return head, err
}

// Batches implements replica.Store.
func (s store) Batches(log id.Log, from uint64, bytes int) ([][]byte, error) {
	var raws [][]byte
	size := 0
	err := s.disk.Batches(log, from, func(_ uint64, raw []byte) error {
		if size += len(raw); size > bytes && len(raws) > 0 {
			return errEnough
		}
		raws = append(raws, raw)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return raws, err
}
