package blob

import "io"

// Chunks returns all chunks of a file.
func Chunks(s Store, ref Ref) (all []Entry, err error) {
	err = chunks(s, ref, func(e Entry) error {
		all = append(all, e)
		return nil
	})
	return all, err
}

// What tests of the manifest and of frames need.
type (
	Has  = has
	Want = want
	Data = data
)

const (
	KindAsk, KindHas, KindWant, KindData, KindNone, KindCancel = kindAsk, kindHas, kindWant, kindData, kindNone, kindCancel
	FlightsMost, PoolMost, LoadsMost, PieceMost                = flightsMost, poolMost, loadsMost, pieceMost
	HasNone, HasSome, HasAll                                   = hasNone, hasSome, hasAll
)

var (
	EncodeRoot, EncodePart     = encodeRoot, encodePart
	EncodeAsk, DecodeAsk       = encodeAsk, decodeAsk
	EncodeHas, DecodeHas       = encodeHas, decodeHas
	EncodeWant, DecodeWant     = encodeWant, decodeWant
	EncodeData, DecodeData     = encodeData, decodeData
	EncodeNumber, DecodeNumber = encodeNumber, decodeNumber
)

// NewHas, NewWant and NewData make messages.
func NewHas(manifest Hash, s byte, held ...bool) Has {
	m := Has{manifest: manifest, state: state(s)}
	if m.state == hasSome {
		m.bits = bitsOf(held)
	}
	return m
}

func NewWant(n uint32, object Hash) Want { return Want{n, object} }

func NewData(n, offset uint32, last bool, bytes []byte) Data { return Data{n, offset, last, bytes} }

// Burden is what a Node holds in memory for others.
type Burden struct {
	Pool                    int64
	Loads, Flights, Waiting int // Flights of the peer with the most; Waiting frames of the peer with the most
}

// Burden returns what n holds in memory for others.
func (n *Node) Burden() Burden {
	b := Burden{Pool: n.pool, Loads: n.loads}
	for _, p := range n.peers {
		b.Flights = max(b.Flights, len(p.flights))
		b.Waiting = max(b.Waiting, len(p.asks)+len(p.cancels)+len(p.answers)+len(p.refusals)+len(p.looks)+len(p.wants))
	}
	return b
}

// Parts returns the parts of a Want.
func (w Want) Parts() (uint32, Hash) { return w.n, w.object }

// Parts returns the parts of a Has.
func (h Has) Parts() (Hash, byte, []byte) { return h.manifest, byte(h.state), h.bits }

// Parts returns the parts of a piece.
func (d Data) Parts() (n, offset uint32, last bool, b []byte) { return d.n, d.offset, d.last, d.bytes }

// SplitBy is Split with manifests of at most so many entries.
func SplitBy(r io.Reader, most int, keep func(Hash, []byte) error) (Ref, error) {
	s := splitter{keep: keep, most: most}
	err := s.all(r)
	return s.ref, err
}

// List returns what a manifest lists, and its size.
func List(b []byte) ([]Entry, int64, bool) {
	entries, err := listed(b)
	return entries, sizeOf(entries), err == nil
}

// DecodeRoot reads a root, and reports whether it lists chunks.
func DecodeRoot(b []byte, ref Ref) (leaf bool, err error) {
	m, err := decodeRoot(b, ref)
	return m.leaf, err
}

// DecodePart reads a part.
func DecodePart(b []byte, size int64) ([]Entry, error) {
	m, err := decodePart(b, size)
	return m.entries, err
}

// ErrTooMany is what Split says of a file of too many chunks.
var ErrTooMany = errTooMany
