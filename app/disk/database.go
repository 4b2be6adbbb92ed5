package disk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	badger "github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"cairn/app/disk/rawfile"
)

const (
	// memTable is the size of a memory table and, doubled, of a write-ahead
	// file. One transaction holds 15 % of it, 2.4 MiB: a commit group fits in
	// one, and a burst of writing costs three tables of memory.
	memTable = 16 << 20
	// cache is the size of the block cache and of the index cache. Encryption
	// and compression need them; what people browse is cached above this
	// package.
	cache = 16 << 20
	// MaxValue is the length of the longest value of one record in bytes. Just
	// below the threshold of the database's value log, which so stays empty: its
	// files only shrink by a collector of their own.
	MaxValue = 1<<20 - 64
	// levelZero is how many tables as large as a memory table there are before
	// they are compacted, levelZeroStall how many before writing waits for it.
	levelZero, levelZeroStall = 4, 8
	// keyRotation is long because the data keys live as long as the files they
	// seal and are sealed by one key anyhow: a new one every few days protects
	// nothing, and makes the registry a file that changes. It must be shorter
	// than the time since 1970, which is when the database takes the key that
	// it has not made yet to be from: with a longer one it never makes one,
	// and encrypts nothing.
	keyRotation = 10 * 365 * 24 * time.Hour
)

func (d *Disk) databaseDir() string { return filepath.Join(d.opts.Dir, databaseName) }

func (d *Disk) databaseOptions() badger.Options {
	compactors, levelZeroStall := 2, levelZeroStall
	if d.lean {
		// Nothing is compacted, so nothing may wait for it.
		compactors, levelZeroStall = 0, 1000
	}
	return badger.DefaultOptions(d.databaseDir()).
		WithLogger(chatter{d.opts.Log}).
		WithReadOnly(d.opts.ReadOnly).
		WithEncryptionKey(d.opts.Key).
		WithEncryptionKeyRotationDuration(keyRotation).
		// A sync by hand after several transactions would miss the first of
		// them whenever a memory table fills up in between: the database syncs
		// only the write-ahead file that is current. See FORMAT.md.
		WithSyncWrites(true).
		WithMemTableSize(memTable).
		WithNumMemtables(2).
		WithNumCompactors(compactors).
		WithNumLevelZeroTables(levelZero).
		WithNumLevelZeroTablesStall(levelZeroStall).
		WithCompactL0OnClose(false).
		WithBlockCacheSize(cache).
		WithIndexCacheSize(cache).
		WithCompression(rawfile.Compression).
		WithChecksumVerificationMode(options.OnBlockRead).
		WithValueLogFileSize(1 << 20).
		WithDetectConflicts(false). // one writer at a time
		WithMetricsEnabled(false)
}

// openDatabase sets d.db and what is kept in memory of it.
func (d *Disk) openDatabase() error {
	found, err := d.inspect()
	if err != nil {
		return err
	}
	if err := d.chooseLean(found); err != nil {
		return err
	}
	db, err := badger.Open(d.databaseOptions())
	if err != nil {
		return unopened(d.databaseDir(), err)
	}
	d.db = db
	if err := d.settle(found); err != nil {
		d.db = nil
		return joinClose(err, db)
	}
	return nil
}

// settle takes over the database that has just been opened.
func (d *Disk) settle(found *inspection) error {
	if err := d.load(); err != nil {
		return err
	}
	if err := d.confirm(found); err != nil {
		return err
	}
	if d.opts.ReadOnly {
		return nil
	}
	if d.opts.Key != nil {
		if err := d.keepRegistryCopy(); err != nil {
			return translate(fmt.Errorf("copy the key registry: %w", err), d.opts.Dir)
		}
	}
	return translate(d.mark.reset(d.group, false), d.opts.Dir)
}

// joinClose returns err after closing db.
func joinClose(err error, db *badger.DB) error {
	if db == nil {
		return err
	}
	return errors.Join(err, db.Close())
}

// load reads what is kept in memory.
func (d *Disk) load() error {
	return d.db.View(func(txn *badger.Txn) error {
		var err error
		if d.group, err = readNumber(txn, groupKey()); err != nil {
			return err
		}
		generation, err := readNumber(txn, generationKey())
		if err != nil {
			return err
		}
		d.generation = uint32(generation)
		d.heads, err = readHeads(txn)
		return err
	})
}

// acquire returns the database for one call; release gives it back.
func (d *Disk) acquire() (*badger.DB, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, ErrClosed
	}
	if d.failed != nil {
		return nil, d.failed
	}
	d.users++
	return d.db, nil
}

func (d *Disk) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users--
	if d.users == 0 {
		d.idle.Broadcast()
	}
}

// view runs fn on a snapshot.
func (d *Disk) view(fn func(txn *badger.Txn) error) error {
	d.heal()
	db, err := d.acquire()
	if err != nil {
		return err
	}
	defer d.release()
	return db.View(fn)
}

// chatter passes on what the database tells about its work.
type chatter struct{ log *slog.Logger }

func (c chatter) say(format string, args ...any) {
	if c.log.Enabled(context.Background(), slog.LevelDebug) {
		c.log.Debug("badger", "says", fmt.Sprintf(format, args...))
	}
}

func (c chatter) Errorf(format string, args ...any)   { c.say(format, args...) }
func (c chatter) Warningf(format string, args ...any) { c.say(format, args...) }
func (c chatter) Infof(format string, args ...any)    { c.say(format, args...) }
func (c chatter) Debugf(format string, args ...any)   { c.say(format, args...) }
