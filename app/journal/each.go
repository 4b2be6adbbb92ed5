package journal

import (
	"sync"

	"cairn/app/disk"
	"cairn/core/doc"
	"cairn/core/id"
)

// Each hands every document of a kind, 0 for all, as published to yield. A
// document that changes meanwhile is seen before or after the change. While
// documents are made anew the caller waits.
func (j *Journal) Each(noun uint16, yield func(*doc.Doc) error) error {
	j.whole.RLock()
	// Once the disk is being read, its snapshot stays whole by itself, and
	// yield may ask for documents.
	release := sync.OnceFunc(j.whole.RUnlock)
	defer release()
	j.mu.RLock()
	fresh := make(map[id.Doc]*doc.Doc, len(j.docs.dirty))
	for name, e := range j.docs.dirty {
		fresh[name] = e.doc
	}
	j.mu.RUnlock()
	err := j.Disk.Docs(noun, func(s disk.StoredDoc) error {
		release()
		if fresh[s.ID] != nil {
			return nil
		}
		d, err := doc.Decode(s.ID, s.Body)
		if err != nil {
			return err
		}
		return yield(d)
	})
	if err != nil {
		return err
	}
	release()
	for _, d := range fresh {
		if noun != 0 && d.Noun() != noun {
			continue
		}
		if err := yield(d); err != nil {
			return err
		}
	}
	return nil
}
