package disk

import (
	"fmt"

	badger "github.com/dgraph-io/badger/v4"
)

// migration brings a database from one version of the format to the next.
// Carried out twice it does no harm.
type migration func(db *badger.DB) error

// migrations start with the one from version 1.
var migrations []migration

// migrate brings the folder from version to the one that steps lead to, one at
// a time; after a crash in between it goes on where it stopped.
func (d *Disk) migrate(version int, steps []migration) error {
	for v := version; v <= len(steps); v++ {
		if d.opts.ReadOnly {
			return readOnly(d.opts.Dir)
		}
		if err := steps[v-1](d.db); err != nil {
			return fmt.Errorf("bring the folder to format %d: %w", v+1, err)
		}
		if err := writeFormat(d.opts.Dir, format{Format: v + 1, KeyCheck: keyCheck(d.opts.Key)}); err != nil {
			return translate(fmt.Errorf("bring the folder to format %d: %w", v+1, err), d.opts.Dir)
		}
	}
	return nil
}
