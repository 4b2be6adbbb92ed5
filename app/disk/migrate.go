package disk

import (
	"fmt"

	badger "github.com/dgraph-io/badger/v4"
)

// migrations take a folder from version i+1 of the format to the next.
var migrations = []func(db *badger.DB) error{}

// migrate brings the folder from version to Format, one version at a time; a
// crash in between goes on where it stopped.
func (d *Disk) migrate(version int) error {
	for v := version; v < Format; v++ {
		if d.opts.ReadOnly {
			return readOnly(d.opts.Dir)
		}
		if err := migrations[v-1](d.db); err != nil {
			return fmt.Errorf("bring the folder to format %d: %w", v+1, err)
		}
		if err := writeFormat(d.opts.Dir, format{Format: v + 1, KeyCheck: keyCheck(d.opts.Key)}); err != nil {
			return translate(err, d.opts.Dir)
		}
	}
	return nil
}
