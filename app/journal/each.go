package journal

import (
	"cairn/app/disk"
	"cairn/core/doc"
)

// Each hands every document of a kind, 0 for all, as published to yield. A
// document that changes meanwhile is seen before or after the change.
func (j *Journal) Each(noun uint16, yield func(*doc.Doc) error) error {
	j.mu.RLock()
	fresh := make([]*doc.Doc, 0, len(j.docs.dirty))
	for _, e := range j.docs.dirty {
		fresh = append(fresh, e.doc)
	}
	j.mu.RUnlock()
	seen := make(map[[16]byte]bool, len(fresh))
	for _, d := range fresh {
		seen[d.ID()] = true
		if noun != 0 && d.Noun() != noun {
			continue
		}
		if err := yield(d); err != nil {
			return err
		}
	}
	return j.Disk.Docs(noun, func(s disk.StoredDoc) error {
		if seen[s.ID] {
			return nil
		}
		d, err := doc.Decode(s.ID, s.Body)
		if err != nil {
			return err
		}
		return yield(d)
	})
}
