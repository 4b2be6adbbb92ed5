// Package app is one running node: it opens a workspace folder, carries out use
// cases on it and closes it. A use case is a Call; the screens, the command
// line and the HTTP face all go through the same ones.
//
// Every write becomes operations, a signed batch, a durable log entry, merged
// documents and index rows, in that order (package journal). Reads come from
// the index and from published documents.
package app

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"cairn/app/disk"
	"cairn/app/index"
	"cairn/app/journal"
	"cairn/app/keys"
	"cairn/app/network"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/sync/link"
	"cairn/sync/presence"
)

// Options say which folder to open and how.
type Options struct {
	Dir  string
	Log  *slog.Logger
	Now  func() time.Time
	Rand io.Reader
	// Passphrase is asked when the folder's keys are sealed with one.
	Passphrase func() (string, error)
	// Keys says where the keys of a new folder go.
	Keys Protection
	// Kinds are the kinds of documents, noun.Builtin when empty.
	Kinds []*noun.Kind
	// Installs is the folder of the marks that tell a copied folder from the
	// original, keys.InstallsDir when empty.
	Installs string
	// WorkFactor is that of keys.Options.
	WorkFactor int
}

// App is an open workspace. It is safe for concurrent use.
type App struct {
	opts    Options
	disk    *disk.Disk
	keys    *keys.Store
	key     ed25519.PrivateKey // this device's
	journal *journal.Journal
	index   *index.Index
	catalog *noun.Catalog
	network *network.Network

	presence *presence.Presence
	leave    sync.Once // the presence ends once
}

// Open opens the workspace in o.Dir. Its faults are those of disk.Open and
// keys.Open; fault.Locked means that another process holds the folder.
func Open(ctx context.Context, o Options) (*App, error) {
	store, err := keys.Open(o.Dir, o.Passphrase)
	if err != nil {
		return nil, withoutKeys(o.Dir, err)
	}
	diskKey, err := store.Get(keyDisk)
	if err != nil {
		return nil, err
	}
	d, err := disk.Open(disk.Options{Dir: o.Dir, Key: diskKey, Log: o.Log})
	if err != nil {
		return nil, err
	}
	a, err := start(ctx, o, d, store)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// withoutKeys tells a folder that is no workspace from one that has lost its keys.
func withoutKeys(dir string, err error) error {
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	if _, statErr := os.Stat(filepath.Join(dir, "format.json")); !errors.Is(statErr, os.ErrNotExist) {
		return err
	}
	return fault.Wrap(err, fault.NotFound, "There is no workspace in %s.", "Make one with `cairn init`, or name another folder with --data.").With(dir)
}

// start brings up what stands on an open disk.
func start(ctx context.Context, o Options, d *disk.Disk, store *keys.Store) (*App, error) {
	kinds := o.Kinds
	if len(kinds) == 0 {
		kinds = noun.Builtin()
	}
	a := &App{opts: o, disk: d, keys: store, catalog: noun.NewCatalog(kinds...)}
	seed, err := store.Get(keyDevice)
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("the device key has %d bytes, want %d", len(seed), ed25519.SeedSize)
	}
	a.key = ed25519.NewKeyFromSeed(seed)
	a.index = index.New(a.catalog, storedDocs{a}, index.Options{})
	a.journal, err = journal.Open(ctx, journal.Config{
		Disk: d, Key: a.key, Now: o.Now, Rand: o.Rand, Log: o.Log,
		View: &view{index: a.index}, FirstWrite: a.claim,
	})
	if err != nil {
		return a, err
	}
	a.presence = presence.Open(o.Now)
	a.network, err = network.New(network.Config{
		Disk: d, Journal: a.journal, Key: a.key, Door: door{a}, RelayDoor: relayDoor{a},
		Sealer:   &network.Sealer{Journal: a.journal, Key: a.key, Current: a.SealKeys, Rand: o.Rand},
		Channels: []link.Channel{a.presence}, Members: a.membersChanged, Now: o.Now, Rand: o.Rand, Log: o.Log,
	})
	if err != nil {
		a.presence.Close()
		return a, errors.Join(err, a.journal.Close())
	}
	return a, nil
}

// Close ends the sync, writes out what is only in memory and gives the folder
// free.
func (a *App) Close() error {
	err := a.network.Close()
	a.leave.Do(a.presence.Close)
	return errors.Join(err, a.journal.Close(), a.disk.Close())
}

// Dir returns the folder.
func (a *App) Dir() string { return a.disk.Dir() }

// Device returns the name of this device.
func (a *App) Device() id.Device { return a.journal.Device() }

// Journal returns the journal, for those who move batches between devices.
func (a *App) Journal() *journal.Journal { return a.journal }

// Index returns the read model, for those who watch it.
func (a *App) Index() *index.Index { return a.index }

// view feeds the index from the journal.
type view struct {
	index  *index.Index
	loader *index.Loader
}

func (v *view) Load(d *doc.Doc) {
	if v.loader == nil {
		v.loader = v.index.Load()
	}
	v.loader.Add(d)
}

func (v *view) Loaded() {
	if v.loader != nil {
		v.loader.Done()
		v.loader = nil
	}
}

func (v *view) Reset() { v.index.Reset() }

func (v *view) Renewed() { v.index.Renewed() }

func (v *view) Changed(docs []*doc.Doc) { v.index.Apply(docs) }

// storedDocs lets the index read kinds of documents that are too many to keep
// in memory.
type storedDocs struct{ app *App }

// Doc implements index.Source.
func (s storedDocs) Doc(name id.Doc) (*doc.Doc, error) { return s.app.journal.Doc(name) }

// EachDoc implements index.Source.
func (s storedDocs) EachDoc(number uint16, yield func(*doc.Doc) error) error {
	return s.app.journal.Each(number, yield)
}
