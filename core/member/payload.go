package member

import (
	"bytes"
	"crypto/ed25519"
	"fmt"

	"cairn/core/id"
	"cairn/core/oplog"
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
