package disk

import (
	"fmt"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/id"
)

// WithFreeSpace makes o ask free how much room is left on the volume.
func (o Options) WithFreeSpace(free func() uint64) Options {
	o.freeSpace = func(string) (uint64, error) { return free(), nil }
	return o
}

// Migrate carries out steps from version on.
func (d *Disk) Migrate(version int, steps ...func() error) error {
	var all []migration
	for _, step := range steps {
		all = append(all, func(*badger.DB) error { return step() })
	}
	return d.migrate(version, all)
}

// Compact merges all tables into one level, as the database does by and by.
func (d *Disk) Compact() error { return d.db.Flatten(1) }

// DropBatch takes a batch away from the middle of a log.
func (d *Disk) DropBatch(log id.Log, first uint64) error {
	d.write.Lock()
	defer d.write.Unlock()
	return d.commit([]unit{{{key: batchKey(log, first)}}})
}

// Records returns one record of every kind as it stands in the database, in
// hexadecimal.
func Records() map[string]string {
	log := id.Log{Device: 0x0102030405060708, Incarnation: 0x090a0b0c}
	doc := id.Doc{15: 0xdd}
	hash := [32]byte{0: 0xaa, 31: 0xbb}
	series := [16]byte{0: 0x55, 15: 0x66}
	e := Entry{Log: log, First: 0x1112, Count: 3, Control: true, Hash: hash, Raw: []byte("raw")}
	long := make([]byte, 2000)
	out := map[string]string{}
	for name, r := range map[string]record{
		"batch":        {batchKey(log, e.First), e.encode()},
		"head":         {headKey(log), Head{Next: 0x1115, Hash: hash, Control: true}.encode()},
		"group":        {groupKey(), number(7)},
		"generation":   {generationKey(), number(2)},
		"state, short": {stateKey(2, doc), StoredDoc{Noun: 0x0304, Hash: hash, Body: []byte("body")}.encode()},
		"state, long":  {stateKey(2, doc), StoredDoc{Noun: 0x0304, Hash: hash, Body: long}.encode()[:stateFixed+2]},
		"applied":      {appliedKey(2, log), number(0x1115)},
		"parked":       {parkedKey(log, 0x1112), []byte("raw")},
		"note":         {metaKey("name"), []byte("value")},
		"chunk":        {chunkKey(series, 0x0a0b0c0d), []byte("body")},
	} {
		out[name] = fmt.Sprintf("%x %x", r.key, r.value)
	}
	return out
}

// What reads bytes that may have been damaged.
var (
	DecodeEntry = decodeEntry
	DecodeState = func(value []byte) (StoredDoc, error) { return decodeState(id.Doc{}, value) }
)
