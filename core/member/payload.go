package member

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/seal"
)

// payload takes the payload of an act apart, front to back. The first thing
// that is wrong stays in err, and everything after it reads as zero.
type payload struct {
	rest []byte
	err  error
}

// take returns the next n bytes, or as many zeros once something is wrong.
func (p *payload) take(n int) []byte {
	if p.err == nil && n > len(p.rest) {
		p.err = fmt.Errorf("%d bytes where %d are due: %w", len(p.rest), n, ErrPayload)
	}
	if p.err != nil {
		return make([]byte, n)
	}
	b := p.rest[:n]
	p.rest = p.rest[n:]
	return b
}

func (p *payload) person() id.Person {
	person := id.Person(p.take(len(id.Person{})))
	if p.err == nil && person.IsZero() {
		p.err = fmt.Errorf("no person: %w", ErrPayload)
	}
	return person
}

func (p *payload) key() ed25519.PublicKey {
	return bytes.Clone(p.take(ed25519.PublicKeySize))
}

func (p *payload) role() Role {
	r := Role(p.take(1)[0])
	if p.err == nil && !r.Valid() {
		p.err = fmt.Errorf("%v: %w", r, ErrPayload)
	}
	return r
}

func (p *payload) cut() []oplog.Dep {
	if p.err != nil {
		return nil
	}
	cut, rest, err := oplog.DecodeDeps(p.rest, MaxCut)
	if err != nil {
		p.err = fmt.Errorf("cut: %w: %w", err, ErrPayload)
	}
	p.rest = rest
	return cut
}

func (p *payload) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format+": %w", append(args, ErrPayload)...)
	}
}

// invite reads an invite. It has a role, or the person whose further device it
// is for.
func (p *payload) invite() Invite {
	a := Invite{Key: p.key(), Role: Role(p.take(1)[0]), Person: id.Person(p.take(len(id.Person{})))}
	if a.Person.IsZero() != a.Role.Valid() || !a.Person.IsZero() && a.Role != None {
		p.fail("an invite as %v for the person %v", a.Role, a.Person)
	}
	ms := binary.BigEndian.Uint64(p.take(8))
	if ms == 0 || ms > maxExpires {
		p.fail("an invite that ends at %d", ms)
		return a
	}
	a.Expires = time.UnixMilli(int64(ms)).UTC()
	return a
}

func (p *payload) rotate() Rotate {
	a := Rotate{Key: p.sealKey()}
	a.Before, a.Previous = p.before()
	a.Envelopes = p.envelopes()
	return a
}

func (p *payload) sealKey() seal.KeyID {
	k := seal.KeyID(p.take(len(seal.KeyID{})))
	if k.IsZero() {
		p.fail("a key without a name")
	}
	return k
}

// before reads the names of the keys before a key, and these keys sealed under
// it.
func (p *payload) before() (names []seal.KeyID, sealed []byte) {
	n := int(p.take(1)[0])
	if n > MaxPrevious {
		p.fail("%d earlier keys, at most %d", n, MaxPrevious)
	}
	if n == 0 || p.err != nil {
		return nil, nil
	}
	for range n {
		names = append(names, p.sealKey())
	}
	return names, bytes.Clone(p.take(sealedSize(n)))
}

func (p *payload) envelopes() []Envelope {
	n := int(binary.BigEndian.Uint16(p.take(2)))
	if n < 1 || n > MaxEnvelopes {
		p.fail("%d envelopes, want 1 to %d", n, MaxEnvelopes)
	}
	if p.err != nil || n > len(p.rest)/envelopeSize {
		p.fail("%d envelopes in %d bytes", n, len(p.rest))
		return nil
	}
	out := make([]Envelope, n)
	for i := range out {
		out[i].Device = id.ShortDevice(binary.BigEndian.Uint64(p.take(8)))
		copy(out[i].Sealed[:], p.take(seal.EnvelopeSize))
	}
	if !inOrder(out) {
		p.fail("envelopes out of order")
	}
	return out
}
