package disk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/id"
	"cairn/core/sentence"
)

// Head says how far a log is stored.
type Head struct {
	Next    uint64   // the sequence that comes next
	Hash    [32]byte // of the last batch
	Control bool     // the log is one of membership
}

// Entry is a batch to append.
type Entry struct {
	Log     id.Log
	First   uint64 // sequence of its first operation
	Count   int    // number of operations
	Control bool
	Hash    [32]byte
	Raw     []byte // at most MaxValue less a few bytes; not kept
}

const (
	flagControl byte = 1 << iota

	flagsKnown = flagControl
)

const (
	batchFixed = 1 + 4 + 32 // flags, count, hash; then the batch
	headSize   = 1 + 8 + 32 // flags, next, hash
)

// Heads returns how far every log is stored.
func (d *Disk) Heads() (map[id.Log]Head, error) {
	d.heal()
	d.write.Lock()
	defer d.write.Unlock()
	if _, err := d.acquire(); err != nil {
		return nil, err
	}
	defer d.release()
	return maps.Clone(d.heads), nil
}

// AllLogs returns the names of the logs, sorted.
func (d *Disk) AllLogs() ([]id.Log, error) {
	heads, err := d.Heads()
	if err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Keys(heads), id.Log.Compare), nil
}

// Append writes one commit group: batches, each of which continues its log, in
// the order given. All are on the disk when it returns nil. When it fails a
// part of the group may be stored, though none if it was refused for want of
// room, and Heads says what.
func (d *Disk) Append(group []Entry) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := d.usable(); err != nil {
		return err
	}
	heads := map[id.Log]Head{}
	units := make([]unit, 0, len(group))
	for _, e := range group {
		head, ok := heads[e.Log]
		if !ok {
			head = d.heads[e.Log]
		}
		if err := e.check(head); err != nil {
			return fmt.Errorf("append batch %v/%d: %w", e.Log, e.First, err)
		}
		head = Head{Next: e.First + uint64(e.Count), Hash: e.Hash, Control: e.Control}
		heads[e.Log] = head
		units = append(units, unit{{batchKey(e.Log, e.First), e.encode()}, {headKey(e.Log), head.encode()}})
	}
	if err := d.commit(units); err != nil {
		return fmt.Errorf("append %d batches: %w", len(group), err)
	}
	maps.Copy(d.heads, heads)
	return nil
}

func (e Entry) check(head Head) error {
	switch {
	case e.First != head.Next:
		return fmt.Errorf("the log ends at %d: %w", head.Next, ErrGap)
	case e.Count < 1 || e.Count > math.MaxUint32 || e.First+uint64(e.Count) < e.First:
		return fmt.Errorf("a count of %d operations", e.Count)
	case len(e.Raw) == 0:
		return errors.New("no bytes")
	case len(e.Raw) > MaxValue-batchFixed:
		return tooLarge("A batch", len(e.Raw), MaxValue-batchFixed)
	case head.Next > 0 && e.Control != head.Control:
		return fmt.Errorf("control %v in a log with control %v", e.Control, head.Control)
	}
	return nil
}

func (e Entry) encode() []byte {
	b := make([]byte, 0, batchFixed+len(e.Raw))
	b = append(b, flag(e.Control))
	b = binary.BigEndian.AppendUint32(b, uint32(e.Count))
	b = append(b, e.Hash[:]...)
	return append(b, e.Raw...)
}

// decodeEntry reads what encode wrote under key. Raw aliases value.
func decodeEntry(key, value []byte) (Entry, error) {
	if len(key) != 1+id.LogSize+8 {
		return Entry{}, fmt.Errorf("a batch under a key of %d bytes", len(key))
	}
	e := Entry{Log: id.LogFrom(key[1:]), First: binary.BigEndian.Uint64(key[1+id.LogSize:])}
	if len(value) <= batchFixed || value[0]&^flagsKnown != 0 {
		return Entry{}, fmt.Errorf("batch %v/%d is stored in %d bytes that make no sense", e.Log, e.First, len(value))
	}
	e.Control = value[0]&flagControl != 0
	e.Count = int(binary.BigEndian.Uint32(value[1:]))
	e.Hash = [32]byte(value[5:])
	e.Raw = value[batchFixed:]
	if e.Count < 1 || e.First+uint64(e.Count) < e.First {
		return Entry{}, fmt.Errorf("batch %v/%d is stored with a count of %d", e.Log, e.First, e.Count)
	}
	return e, nil
}

func (h Head) encode() []byte {
	b := append(make([]byte, 0, headSize), flag(h.Control))
	b = binary.BigEndian.AppendUint64(b, h.Next)
	return append(b, h.Hash[:]...)
}

func decodeHead(value []byte) (Head, error) {
	if len(value) != headSize || value[0]&^flagsKnown != 0 {
		return Head{}, fmt.Errorf("a head is stored in %d bytes that make no sense", len(value))
	}
	return Head{Control: value[0]&flagControl != 0, Next: binary.BigEndian.Uint64(value[1:]), Hash: [32]byte(value[9:])}, nil
}

func flag(control bool) byte {
	if control {
		return flagControl
	}
	return 0
}

func readHeads(txn *badger.Txn) (map[id.Log]Head, error) {
	heads := map[id.Log]Head{}
	err := scan(txn, []byte{kindHead}, nil, func(key, value []byte) error {
		if len(key) != 1+id.LogSize {
			return missing(sentence.New("a head"), fmt.Errorf("a key of %d bytes", len(key)))
		}
		log := id.LogFrom(key[1:])
		head, err := decodeHead(value)
		if err != nil {
			return missing(sentence.New("the head of log %v", log), err)
		}
		heads[log] = head
		return nil
	})
	return heads, err
}

// Batches calls yield with the batches of log in order, from the one that
// holds the sequence from to the last that was stored when it was called.
// The bytes are yield's to keep. An error of yield ends it and is returned as
// it is. A log with a batch missing is a fault Damaged.
func (d *Disk) Batches(log id.Log, from uint64, yield func(first uint64, raw []byte) error) error {
	return d.view(func(txn *badger.Txn) error {
		return entries(txn, log, from, func(e Entry) error { return yield(e.First, slices.Clone(e.Raw)) })
	})
}

// BatchesWithin returns what Batches yields, as many as fit into so many bytes
// but one at least, if there is one. The bytes are the caller's.
func (d *Disk) BatchesWithin(log id.Log, from uint64, bytes int) (raws [][]byte, err error) {
	err = d.view(func(txn *badger.Txn) error {
		return entries(txn, log, from, func(e Entry) error {
			if bytes -= len(e.Raw); bytes < 0 && len(raws) > 0 {
				return errStop
			}
			raws = append(raws, slices.Clone(e.Raw))
			return nil
		})
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return raws, err
}

// entries calls yield with the batches of log from the one that holds the
// sequence from. Their Raw is yield's for the call only.
func entries(txn *badger.Txn, log id.Log, from uint64, yield func(Entry) error) error {
	head, err := readHead(txn, log)
	if err != nil || from >= head.Next {
		return err
	}
	start, err := batchAt(txn, log, from)
	if err != nil {
		return err
	}
	next := start
	err = scan(txn, logPrefix(kindBatch, log), batchKey(log, start), func(key, value []byte) error {
		if next == head.Next {
			return errBeyond // left behind by a write that was not acknowledged
		}
		e, err := decodeEntry(key, value)
		if err != nil || e.First != next {
			return lostBatch(log, next, err)
		}
		next += uint64(e.Count)
		return yield(e)
	})
	if err != nil && !errors.Is(err, errBeyond) {
		return err
	}
	if next != head.Next {
		return lostBatch(log, next, err)
	}
	return nil
}

// errBeyond ends a scan at the head of a log.
var errBeyond = errors.New("beyond the head")

// BatchesBack calls yield with the batches of log from the end to the
// beginning, the first of them the one that holds the operation before the
// sequence end, or the last one where the log ends sooner. Otherwise it is as
// Batches.
func (d *Disk) BatchesBack(log id.Log, end uint64, yield func(first uint64, raw []byte) error) error {
	return d.view(func(txn *badger.Txn) error {
		return entriesBack(txn, log, end, func(e Entry) error { return yield(e.First, slices.Clone(e.Raw)) })
	})
}

// HeadAt returns the head of log after its last batch that ends at or below
// next, zero if there is none.
func (d *Disk) HeadAt(log id.Log, next uint64) (head Head, err error) {
	err = d.view(func(txn *badger.Txn) error {
		return entriesBack(txn, log, next, func(e Entry) error {
			end := e.First + uint64(e.Count)
			if end > next {
				return nil // next is in the middle of it
			}
			head = Head{Next: end, Hash: e.Hash, Control: e.Control}
			return errStop
		})
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return head, err
}

// entriesBack calls yield with the batches of log from the one that holds the
// operation before the sequence end back to the first. Their Raw is yield's for
// the call only.
func entriesBack(txn *badger.Txn, log id.Log, end uint64, yield func(Entry) error) error {
	head, err := readHead(txn, log)
	next := min(end, head.Next)
	if err != nil || next == 0 {
		return err
	}
	opts := badger.DefaultIteratorOptions
	opts.PrefetchValues, opts.Reverse, opts.Prefix = false, true, logPrefix(kindBatch, log)
	it := txn.NewIterator(opts)
	defer it.Close()
	cut := true // end may be in the middle of the first
	for it.Seek(batchKey(log, next-1)); next > 0; it.Next() {
		if !it.Valid() {
			return lostBatch(log, next-1, nil)
		}
		err := it.Item().Value(func(value []byte) error {
			e, err := decodeEntry(it.Item().Key(), value)
			if after := e.First + uint64(e.Count); err != nil || after < next || after > next && !cut {
				return lostBatch(log, next-1, err)
			}
			next, cut = e.First, false
			return yield(e)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func lostBatch(log id.Log, at uint64, err error) error {
	return missing(sentence.New("the batch of log %v that holds operation %d", log, at), err)
}

func readHead(txn *badger.Txn, log id.Log) (Head, error) {
	value, err := read(txn, headKey(log))
	if errors.Is(err, ErrNotFound) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, err
	}
	head, err := decodeHead(value)
	if err != nil {
		return Head{}, missing(sentence.New("the head of log %v", log), err)
	}
	return head, nil
}

// batchAt returns the first sequence of the batch that holds the sequence at.
func batchAt(txn *badger.Txn, log id.Log, at uint64) (uint64, error) {
	prefix := logPrefix(kindBatch, log)
	opts := badger.DefaultIteratorOptions
	opts.PrefetchValues, opts.Reverse, opts.Prefix = false, true, prefix
	it := txn.NewIterator(opts)
	defer it.Close()
	it.Seek(batchKey(log, at))
	if !it.Valid() {
		return 0, lostBatch(log, at, nil)
	}
	return binary.BigEndian.Uint64(it.Item().Key()[len(prefix):]), nil
}
