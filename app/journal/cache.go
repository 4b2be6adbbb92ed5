package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/bits"

	"cairn/app/disk"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
)

// cacheDocs is how many clean documents one generation of the cache holds:
// about 12 MB of ordinary ones.
const cacheDocs = 16384

// entry is a document and what the disk has of it.
type entry struct {
	doc    *doc.Doc
	stored [sha256.Size]byte // hash of the state on disk
	onDisk bool
	size   int // of the state on disk
}

// private returns a copy whose document may be changed.
func (e *entry) private() *entry {
	c := *e
	c.doc = e.doc.Clone()
	return &c
}

// cache holds published documents: those not yet written out, and in two
// generations those used lately.
type cache struct {
	dirty      map[id.Doc]*entry
	young, old map[id.Doc]*entry
	flushes    uint64 // how often dirty ones were written out
}

func newCache() *cache {
	return &cache{dirty: map[id.Doc]*entry{}, young: map[id.Doc]*entry{}, old: map[id.Doc]*entry{}}
}

// get returns the entry of a document, nil if it is not in memory.
func (c *cache) get(name id.Doc) *entry {
	if e := c.dirty[name]; e != nil {
		return e
	}
	if e := c.young[name]; e != nil {
		return e
	}
	return c.old[name]
}

// put publishes a changed document.
func (c *cache) put(e *entry) {
	delete(c.young, e.doc.ID())
	delete(c.old, e.doc.ID())
	c.dirty[e.doc.ID()] = e
}

// keep holds a clean document for the next reader.
func (c *cache) keep(e *entry) {
	if len(c.young) >= cacheDocs {
		c.old, c.young = c.young, map[id.Doc]*entry{}
	}
	c.young[e.doc.ID()] = e
}

// ErrNoDoc is returned for a document that no operation has touched.
var ErrNoDoc = fault.New(fault.NotFound, "There is no such document here.", "Look for it with `cairn doc list KIND`.")

// Doc returns the document as published. It must not be changed.
func (j *Journal) Doc(name id.Doc) (*doc.Doc, error) {
	e, err := j.published(name)
	if err != nil {
		return nil, err
	}
	if e.doc.Noun() == 0 {
		return nil, ErrNoDoc
	}
	return e.doc, nil
}

// published returns the entry of a document, an empty one if there is none.
func (j *Journal) published(name id.Doc) (*entry, error) {
	j.mu.RLock()
	e, flushes := j.docs.get(name), j.docs.flushes
	j.mu.RUnlock()
	if e != nil {
		return e, nil
	}
	stored, err := j.Disk.Doc(name)
	if errors.Is(err, disk.ErrNotFound) {
		return &entry{doc: doc.New(name)}, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := doc.Decode(name, stored.Body)
	if err != nil {
		return nil, err
	}
	e = &entry{doc: d, stored: stored.Hash, onDisk: true, size: len(stored.Body)}
	j.mu.Lock()
	defer j.mu.Unlock()
	if now := j.docs.get(name); now != nil {
		return now, nil // changed or loaded meanwhile
	}
	if flushes == j.docs.flushes { // else the disk may have a newer state by now
		j.docs.keep(e)
	}
	return e, nil
}

// flush writes out what is only in memory. It runs on the committer, or when
// that has ended.
func (j *Journal) flush() error {
	if len(j.docs.dirty) == 0 {
		return nil
	}
	clean := make([]*entry, 0, len(j.docs.dirty))
	out := make([]disk.StoredDoc, 0, len(j.docs.dirty))
	for name, e := range j.docs.dirty {
		body := e.doc.Append(nil)
		c := &entry{doc: e.doc, stored: docHash(name, body), onDisk: true, size: len(body)}
		clean = append(clean, c)
		out = append(out, disk.StoredDoc{ID: name, Noun: e.doc.Noun(), Hash: c.stored, Body: body})
	}
	if err := j.Disk.PutDocs(out, j.applied); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range clean {
		before := j.docs.dirty[c.doc.ID()]
		if before.onDisk {
			j.hash.remove(before.stored)
		} else {
			j.total++
		}
		j.hash.add(c.stored)
		j.docs.keep(c)
	}
	clear(j.docs.dirty)
	j.dirty = dirtiness{}
	j.docs.flushes++
	return nil
}

// docHash is what one document contributes to the state hash.
func docHash(name id.Doc, body []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(name[:])
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}

// stateHash is the sum modulo 2^256 of the hashes of all documents, so that it
// follows changes without reading the rest. It finds faults; it is no defence
// against a member who crafts documents to collide.
type stateHash [4]uint64 // least significant first

func (s *stateHash) add(h [sha256.Size]byte) {
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], binary.LittleEndian.Uint64(h[i*8:]), carry)
	}
}

func (s *stateHash) remove(h [sha256.Size]byte) {
	var borrow uint64
	for i := range s {
		s[i], borrow = bits.Sub64(s[i], binary.LittleEndian.Uint64(h[i*8:]), borrow)
	}
}

// sum returns a fixed-length digest of the total.
func (s *stateHash) sum() [sha256.Size]byte {
	var b []byte
	for _, word := range s {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return sha256.Sum256(b)
}
