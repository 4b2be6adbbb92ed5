package doc

import (
	"encoding/binary"
	"fmt"
	"math"

	"cairn/core/canon"
	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

// storeVersion is the first byte of a stored document. A new family of fields
// needs a new version.
const storeVersion = 1

// Append appends the stored form of d without its name. Equal states give
// equal bytes.
func (d *Doc) Append(b []byte) []byte {
	b = append(b, storeVersion)
	b = binary.AppendUvarint(b, uint64(d.noun))
	b = appendCount(b, len(d.unknown))
	for _, kind := range d.unknown {
		b = append(b, byte(kind))
	}
	b = appendCount(b, len(d.seen))
	for _, e := range d.seen {
		b = binary.AppendUvarint(e.log.Append(b), e.next)
	}
	if len(d.seen) == 0 {
		return b // before the first operation there is nothing else
	}
	p := &packer{seen: d.seen, base: d.last.At}
	body := d.appendBody(p)
	b = appendCount(b, len(p.extra))
	for _, log := range p.extra {
		b = log.Append(b)
	}
	return append(b, body...)
}

func (d *Doc) appendBody(p *packer) []byte {
	b := make([]byte, 0, 512)
	if d.last == (Version{}) { // all that has come is void
		b = append(b, 0)
	} else {
		b = binary.BigEndian.AppendUint64(append(b, 1), uint64(d.last.At))
		b = p.appendOp(b, d.last.By)
	}
	if d.life.isSet() {
		b = d.life.append(append(b, 1), p)
	} else {
		b = append(b, 0)
	}
	b = appendCount(b, len(d.fields))
	var block []byte
	for _, f := range d.fields {
		b = append(binary.AppendUvarint(b, uint64(f.number)), byte(f.family))
		block = f.state.append(block[:0], p)
		b = canon.AppendBlock(b, block)
	}
	return b
}

// Decode reads the document named name from its stored form. It keeps no part
// of b. The error is ErrMalformed, or ErrFrozen for a form of a later version.
func Decode(name id.Doc, b []byte) (*Doc, error) {
	r := newReader(b)
	d := New(name)
	if v := r.Byte(); r.Err == nil && v != storeVersion {
		return nil, fmt.Errorf("stored document %s has form %d: %w", name, v, ErrFrozen)
	}
	d.noun = r.uint16()
	d.readUnknown(r)
	d.readSeen(r)
	if len(d.seen) > 0 {
		d.readBody(r, &packer{seen: d.seen, extra: d.readExtra(r)})
	} else if d.noun != 0 || len(d.unknown) > 0 {
		r.Fail("document without operations")
	}
	if err := r.End(); err != nil {
		return nil, fmt.Errorf("stored document %s: %w", name, err)
	}
	return d, nil
}

func (d *Doc) readUnknown(r *reader) {
	kinds := r.Block()
	for i, kind := range kinds {
		if i > 0 && kind <= kinds[i-1] {
			r.Fail("unknown kinds out of order")
			return
		}
		d.unknown = append(d.unknown, oplog.Kind(kind))
	}
}

func (d *Doc) readSeen(r *reader) {
	d.seen = make(context, r.Count(dotMinSize))
	for i := range d.seen {
		d.seen[i] = seenLog{r.Log(), r.Uvarint()}
		if d.seen[i].log.IsZero() || d.seen[i].next == 0 {
			r.Fail("log without operations")
			return
		}
	}
	checkSorted(r, d.seen, func(e seenLog) id.Op { return id.Op{Log: e.log} })
}

// readExtra reads the logs that are named but have not come.
func (d *Doc) readExtra(r *reader) []id.Log {
	extra := make([]id.Log, r.Count(id.LogSize))
	had := make(map[id.Log]bool, len(extra))
	for i := range extra {
		log := r.Log()
		if _, seen := d.seen.find(log); seen || had[log] {
			r.Fail("log twice in the dictionary")
			return nil
		}
		extra[i], had[log] = log, true
	}
	return extra
}

func (d *Doc) readBody(r *reader, p *packer) {
	if r.flag() {
		if at := r.Bytes(8); at != nil {
			p.base = clock.Stamp(binary.BigEndian.Uint64(at))
		}
		d.last = Version{At: p.base, By: p.come(r)}
	}
	if r.flag() {
		d.life.read(r, p)
	}
	d.fields = make([]field, r.Count(3))
	for i := range d.fields {
		f := &d.fields[i]
		f.number, f.family = r.uint16(), Family(r.Byte())
		if f.state = f.family.new(); f.state == nil {
			r.Fail("family of a field")
			return
		}
		r.in(func(r *reader) { f.state.read(r, p) })
		if i > 0 && compareFields(d.fields[i-1], *f) >= 0 {
			r.Fail("fields out of order")
		}
		if r.Err != nil {
			return
		}
	}
	if p.used < len(p.extra) {
		r.Fail("log in the dictionary that nothing names")
	}
}

// flag reads whether something follows.
func (r *reader) flag() bool {
	flag := r.Byte()
	if flag > 1 {
		r.Fail("flag")
	}
	return flag == 1
}

func (r *reader) uint16() uint16 {
	n := r.Uvarint()
	if n > math.MaxUint16 {
		r.Fail("number beyond 16 bits")
		return 0
	}
	return uint16(n)
}
