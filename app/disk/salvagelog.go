package disk

import (
	"bytes"
	"errors"

	badger "github.com/dgraph-io/badger/v4"
)

// appendBatches appends what has been brought over of each log, in order up to
// the first gap, and parks the rest.
func (s *salvage) appendBatches() error {
	for {
		group, err := s.nextGroup()
		if err != nil || len(group) == 0 {
			return err
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
		heads, err := s.to.Heads()
		if err != nil {
			return err
		}
		var whole []Entry
		for _, e := range group {
			head := heads[e.Log]
			if e.First != head.Next {
				if err := s.to.Park(e.Log, e.First, e.Raw); err != nil {
					return err
				}
				continue
			}
			heads[e.Log] = Head{Next: e.First + uint64(e.Count)}
			whole = append(whole, e)
		}
		if err := s.to.Append(whole); err != nil {
			return err
		}
		s.result.Batches += len(whole)
		for _, e := range group {
			s.units = append(s.units, unit{{key: salvagedKey(e.Log, e.First)}})
		}
		if err := s.flush(); err != nil {
			return err
		}
	}
}

// nextGroup returns the next batches in the order of logs and sequences.
func (s *salvage) nextGroup() ([]Entry, error) {
	var group []Entry
	size := 0
	err := s.to.view(func(txn *badger.Txn) error {
		return scan(txn, []byte{kindSalvaged}, nil, func(key, value []byte) error {
			e, err := decodeEntry(key, bytes.Clone(value))
			if err != nil {
				return err
			}
			group = append(group, e)
			if size += len(value); size >= salvageBatch {
				return errStop
			}
			return nil
		})
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return group, err
}

// count counts what has been brought over but for batches and blobs.
func (s *salvage) count() error {
	return s.to.view(func(txn *badger.Txn) error {
		for kind, n := range map[byte]*int{kindParked: &s.result.Parked, kindChunk: &s.result.Chunks, kindMeta: &s.result.Notes} {
			if err := scanKeys(txn, []byte{kind}, func([]byte) error {
				*n++
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// salvageWAL calls yield with the entries of a write-ahead file that can be
// read, whether or not their transaction was complete, and returns how many
// bytes that are not zero could not be.
func salvageWAL(body, key []byte, yield func(fileRecord) error) (lost int, err error) {
	nonce := body[8:walHeaderSize]
	used := len(bytes.TrimRight(body, "\x00"))
	for at := walHeaderSize; at < used; {
		e, err := readWALEntry(body[at:])
		if err != nil || !e.plausible() {
			lost++
			at++
			// Look for where the next entry may begin.
			for at < used && !entryStart(body[at:]) {
				lost++
				at++
			}
			continue
		}
		if err := e.unseal(key, nonce, uint32(at)); err != nil {
			return lost, err
		}
		at += e.size
		if e.meta&metaFin != 0 {
			continue
		}
		r, err := e.record()
		if err != nil {
			lost += e.size
			continue
		}
		if err := yield(r); err != nil {
			return lost, err
		}
	}
	return lost, nil
}

// plausible reports whether e is one that the database writes for us.
func (e *walEntry) plausible() bool {
	return e.meta&^(metaTxn|metaFin|metaDelete) == 0 && len(e.key) > stampSize
}

// entryStart reports whether an entry may begin at b: kind, an unused byte, the
// length of a short key.
func entryStart(b []byte) bool {
	return len(b) > 3 && b[0] != 0 && b[0]&^(metaTxn|metaFin|metaDelete) == 0 && b[1] == 0 && b[2] > stampSize && b[2] < 0x80
}
