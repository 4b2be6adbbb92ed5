package journal

import (
	"crypto/sha256"
	"errors"

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
	size   int // of the state on disk, and of what was applied since
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
	flushes    uint64 // how often the disk has changed
}

func newCache() *cache {
	c := &cache{}
	c.empty()
	return c
}

// empty forgets every document.
func (c *cache) empty() {
	c.dirty, c.young, c.old = map[id.Doc]*entry{}, map[id.Doc]*entry{}, map[id.Doc]*entry{}
	c.flushes++
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

// Doc returns the document as published. It must not be changed. While
// documents are made anew the caller waits.
func (j *Journal) Doc(name id.Doc) (*doc.Doc, error) {
	j.whole.RLock()
	defer j.whole.RUnlock()
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
