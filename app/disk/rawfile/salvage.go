package rawfile

import "bytes"

// SalvageWAL calls yield with the entries of a write-ahead file of at least
// HeaderSize bytes that can be read, also behind one that can't and whether or not their transaction was complete, and returns how many
// bytes that are not zero could not be.
func SalvageWAL(body, key []byte, known func(key []byte) bool, yield func(Record) error) (lost int, err error) {
	nonce := body[8:HeaderSize]
	used := len(bytes.TrimRight(body, "\x00"))
	for at := HeaderSize; at < used; {
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
		r, err := e.record(known)
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
