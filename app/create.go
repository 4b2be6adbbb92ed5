package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// Founding is what a new workspace starts with.
type Founding struct {
	Workspace string
	Person    string
	Roles     []string // of the person, in the lifecycle
	Device    string   // what people call this device; it stays without a name if empty
}

// maxName bounds names, in characters: they are shown on one line.
const maxName = 200

// Create makes a workspace in o.Dir, which must be empty or not exist, with
// its founder as first admin, and opens it. It appears whole or not at all.
func Create(ctx context.Context, o Options, f Founding) (*App, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return assemble(ctx, o, func(at Options) error {
		return buildIn(ctx, at, nil, func(a *App) error { return a.found(ctx, f) })
	})
}

func (f *Founding) check() error {
	f.Workspace, f.Person = strings.TrimSpace(f.Workspace), strings.TrimSpace(f.Person)
	if err := checkName("workspace", f.Workspace, "Give it with --workspace."); err != nil {
		return err
	}
	if f.Device = strings.TrimSpace(f.Device); f.Device != "" {
		if err := checkName("device", f.Device, ""); err != nil {
			return err
		}
	}
	return checkName("person", f.Person, "Give it with --person.")
}

// checkName refuses what can't name a workspace, person or project; missing
// is the hint for no name at all.
func checkName(what, name, missing string) error {
	switch {
	case name == "":
		return fault.New(fault.Invalid, "A %s needs a name.", missing).With(sentence.Own(what))
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return fault.New(fault.Invalid, "The name of a %s is one line of text.", "Leave out line breaks and control characters.").With(sentence.Own(what))
	case utf8.RuneCountInString(name) > maxName:
		return fault.New(fault.Invalid, "The name of a %s has at most %d characters.", "Choose a shorter one.").With(sentence.Own(what), maxName)
	}
	return nil
}

// assemble has a folder built beside o.Dir, moves it into place and opens it.
// When build fails nothing is left behind.
func assemble(ctx context.Context, o Options, build func(at Options) error) (*App, error) {
	if err := vacant(o.Dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(o.Dir), 0o700); err != nil {
		return nil, cannotMake(o.Dir, err)
	}
	place, err := os.MkdirTemp(filepath.Dir(o.Dir), ".cairn-new-")
	if err != nil {
		return nil, cannotMake(o.Dir, err)
	}
	at := o
	at.Dir = place
	err = build(at)
	if err == nil {
		if err = moveInto(place, o.Dir); err != nil {
			err = cannotMake(o.Dir, err)
		}
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(place))
	}
	return Open(ctx, o)
}

// buildIn makes and fills a folder and closes it again. A nil seed makes a new
// device.
func buildIn(ctx context.Context, o Options, seed []byte, fill func(*App) error) error {
	store, err := newKeys(o, seed)
	if err != nil {
		return err
	}
	diskKey, err := store.Get(keyDisk)
	if err != nil {
		return err
	}
	d, err := disk.Create(disk.Options{Dir: o.Dir, Key: diskKey, Log: o.Log})
	if err != nil {
		return err
	}
	a, err := start(ctx, o, d, store)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	// What is made here is no copy, also when nothing is written yet.
	if _, err = a.claim(); err == nil {
		err = fill(a)
	}
	return errors.Join(err, a.Close())
}

// vacant returns why nothing new may be made at dir.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fault.Wrap(err, fault.Unavailable, "%s can't be used as a workspace folder.", "Choose another folder with --data.").With(dir)
	case len(entries) > 0:
		return fault.New(fault.Conflict, "The folder %s is not empty.", "Choose another folder with --data.").With(dir)
	}
	return nil
}

// moveInto renames place to dir, which may be an empty folder.
func moveInto(place, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(place, dir)
}

func cannotMake(dir string, err error) error {
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "The folder %s can't be made.", "Check the permissions and the free space there, or choose another folder with --data.").With(dir)
}

// found writes the membership's first act and the first documents.
func (a *App) found(ctx context.Context, f Founding) error {
	person, err := id.NewDoc(a.opts.Now(), a.opts.Rand)
	if err != nil {
		return err
	}
	genesis := member.Genesis{Person: person, Key: a.PublicKey()}
	if _, err := io.ReadFull(a.opts.Rand, genesis.Seed[:]); err != nil {
		return fmt.Errorf("read randomness for the workspace: %w", err)
	}
	if err := a.journal.Act(ctx, genesis); err != nil {
		return err
	}
	if err := a.journal.Belong(ctx, a.journal.Workspace()); err != nil {
		return err
	}
	err = a.journal.Write(ctx, func(tx *journal.Tx) error {
		if err := fillNew(tx, noun.Persons.Kind, doc.New(person), map[string]doc.Value{
			"name": doc.String(f.Person), "roles": stringList(f.Roles),
		}); err != nil {
			return err
		}
		w, err := tx.New()
		if err != nil {
			return err
		}
		if err := fillNew(tx, noun.Workspaces.Kind, w, map[string]doc.Value{"name": doc.String(f.Workspace)}); err != nil || f.Device == "" {
			return err
		}
		return nameDevice(tx, person, a.Device(), f.Device, runtime.GOOS)
	})
	if err != nil {
		return err
	}
	return a.TendKeys(ctx) // the first key
}

func stringList(words []string) doc.Value {
	values := make([]doc.Value, len(words))
	for i, w := range words {
		values[i] = doc.String(w)
	}
	return doc.List(values...)
}

// fillNew writes the first operations of a document. It is there from the
// first of them on: out of the trash.
func fillNew(tx *journal.Tx, kind *noun.Kind, d *doc.Doc, fields map[string]doc.Value) error {
	tx.Adopt(d)
	if err := tx.Apply(d, kind.Number, d.Restore()); err != nil {
		return err
	}
	return fill(tx, kind, d, fields)
}

// fill makes fields hold values; those that are not given stay.
func fill(tx *journal.Tx, kind *noun.Kind, d *doc.Doc, fields map[string]doc.Value) error {
	pen := tx.Pen(d, kind.Number)
	for _, f := range kind.Fields {
		v, ok := fields[f.Name]
		if !ok {
			continue
		}
		if err := pen.Assign(f, v); err != nil {
			return err
		}
	}
	return nil
}
