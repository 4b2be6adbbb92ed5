package wire

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"cairn/core/canon"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

// magic begins a Hello, so that what is none is told from one of a later
// version.
const magic = "CS"

const (
	helloHeard byte = 1

	haveFresh byte = 1
	haveMore  byte = 2

	claimControl byte = 1

	claimMin = id.LogSize + 2
	rangeMin = id.LogSize + 2
	batchMin = 2
)

var decoders = map[byte]func([]byte) (replica.Message, error){
	kindHello: decodeHello, kindHave: decodeHave, kindAgain: decodeAgain, kindWant: decodeWant,
	kindBatches: decodeBatches, kindFork: decodeFork, kindBye: decodeBye,
}

func reader(payload []byte) canon.Reader { return canon.Reader{Rest: payload, Malformed: ErrMalformed} }

func appendHello(b []byte, m replica.Hello) []byte {
	b = append(b, magic...)
	var flags byte
	if m.Heard {
		flags |= helloHeard
	}
	b = append(b, flags)
	b = binary.BigEndian.AppendUint16(b, m.Min)
	b = binary.BigEndian.AppendUint16(b, m.Max)
	b = append(b, m.Workspace[:]...)
	b = binary.BigEndian.AppendUint16(b, m.Level)
	return binary.BigEndian.AppendUint64(b, uint64(m.Wall.UnixMilli()))
}

// decodeHello leaves alone other flags and what follows: a later version may
// say more.
func decodeHello(payload []byte) (replica.Message, error) {
	const size = len(magic) + 1 + 2 + 2 + len(replica.Tag{}) + 2 + 8
	if len(payload) < size || string(payload[:len(magic)]) != magic {
		return nil, fmt.Errorf("hello: %w", ErrMalformed)
	}
	p := payload[len(magic)+1:]
	m := replica.Hello{Heard: payload[len(magic)]&helloHeard != 0, Min: binary.BigEndian.Uint16(p), Max: binary.BigEndian.Uint16(p[2:]), Workspace: replica.Tag(p[4:])}
	p = p[4+len(m.Workspace):]
	m.Level = binary.BigEndian.Uint16(p)
	m.Wall = time.UnixMilli(int64(binary.BigEndian.Uint64(p[2:])))
	if m.Min > m.Max {
		return nil, fmt.Errorf("versions %d to %d: %w", m.Min, m.Max, ErrMalformed)
	}
	return m, nil
}

func appendHave(b []byte, m replica.Have) []byte {
	b = binary.AppendUvarint(b, uint64(m.Seq))
	var flags byte
	if m.Fresh {
		flags |= haveFresh
	}
	if m.More {
		flags |= haveMore
	}
	b = append(b, flags)
	b = binary.AppendUvarint(b, uint64(len(m.Claims)))
	for _, c := range m.Claims {
		b = c.Log.Append(b)
		var flags byte
		if c.Control {
			flags |= claimControl
		}
		b = append(b, flags)
		b = binary.AppendUvarint(b, c.Head.Next)
		if c.Head.Next > 0 {
			b = append(b, c.Head.Hash[:]...)
		}
	}
	return b
}

func decodeHave(payload []byte) (replica.Message, error) {
	r := reader(payload)
	m := replica.Have{Seq: r.Uint32()}
	flags := r.Byte()
	if flags&^(haveFresh|haveMore) != 0 {
		r.Fail("flags")
	}
	m.Fresh, m.More = flags&haveFresh != 0, flags&haveMore != 0
	n := count(&r, claimMin, replica.MaxClaims, "claims")
	var last id.Log // no log is zero, and zero sorts first
	for range n {
		c := replica.Claim{Log: r.Log()}
		flags := r.Byte()
		c.Control = flags&claimControl != 0
		c.Head.Next = r.Uvarint()
		if c.Head.Next > 0 {
			copy(c.Head.Hash[:], r.Bytes(len(oplog.Hash{})))
		}
		if c.Log.Compare(last) <= 0 || flags&^claimControl != 0 {
			r.Fail("claim")
		}
		if r.Err != nil {
			return nil, r.Err
		}
		last = c.Log
		m.Claims = append(m.Claims, c)
	}
	return m, r.End()
}

func decodeAgain(payload []byte) (replica.Message, error) {
	r := reader(payload)
	return replica.Again{}, r.End()
}

func appendWant(b []byte, m replica.Want) []byte {
	b = binary.AppendUvarint(b, uint64(m.Round))
	b = binary.AppendUvarint(b, m.Limit)
	b = binary.AppendUvarint(b, uint64(len(m.Ranges)))
	for _, r := range m.Ranges {
		b = r.Log.Append(b)
		b = binary.AppendUvarint(b, r.From)
		b = binary.AppendUvarint(b, r.To-r.From)
	}
	return b
}

func decodeWant(payload []byte) (replica.Message, error) {
	r := reader(payload)
	m := replica.Want{Round: r.Uint32(), Limit: r.Uvarint()}
	if m.Round == 0 {
		r.Fail("round 0")
	}
	for range count(&r, rangeMin, replica.MaxRanges, "ranges") {
		v := oplog.Range{Log: r.Log(), From: r.Uvarint()}
		length := r.Uvarint()
		v.To = v.From + length
		if v.Log.IsZero() || length == 0 || length > math.MaxUint64-v.From {
			r.Fail("range")
		}
		if r.Err != nil {
			return nil, r.Err
		}
		m.Ranges = append(m.Ranges, v)
	}
	return m, r.End()
}

func appendBatches(b []byte, m replica.Batches) []byte {
	b = binary.AppendUvarint(b, uint64(m.Round))
	b = binary.AppendUvarint(b, uint64(len(m.Raw)))
	for _, raw := range m.Raw {
		b = canon.AppendBlock(b, raw)
	}
	return b
}

func decodeBatches(payload []byte) (replica.Message, error) {
	r := reader(payload)
	m := replica.Batches{Round: r.Uint32()}
	total := 0
	for range count(&r, batchMin, replica.MaxBatches, "batches") {
		raw := batch(&r)
		total += len(raw)
		if total > oplog.MaxSealed {
			r.Fail("bytes beyond one message")
		}
		if r.Err != nil {
			return nil, r.Err
		}
		m.Raw = append(m.Raw, raw)
	}
	return m, r.End()
}

func appendFork(b []byte, m replica.Fork) []byte {
	return canon.AppendBlock(canon.AppendBlock(b, m.One), m.Other)
}

func decodeFork(payload []byte) (replica.Message, error) {
	r := reader(payload)
	m := replica.Fork{One: batch(&r), Other: batch(&r)}
	return m, r.End()
}

func decodeBye(payload []byte) (replica.Message, error) {
	r := reader(payload)
	m := replica.Bye{Reason: replica.Reason(r.Byte())}
	return m, r.End()
}

// count reads how many things of at least size bytes follow, at most limit.
func count(r *canon.Reader, size, limit int, what string) int {
	n := r.Count(size)
	if n > limit {
		r.Fail(fmt.Sprintf("%d %s", n, what))
		return 0
	}
	return n
}

// batch reads a sealed batch, which is never empty.
func batch(r *canon.Reader) []byte {
	raw := r.Block()
	if len(raw) == 0 || len(raw) > oplog.MaxSealed {
		r.Fail("batch")
		return nil
	}
	return raw
}
