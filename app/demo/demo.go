// Package demo makes a workspace to look around in: the Design phase of a churn
// model at a fictional telephone company. Five made-up people have worked on it
// for two weeks, each on a device of their own, and whoever asked for it has just
// joined them.
//
// Nothing in it is put there by hand: a script of what the five did is played
// with the use cases, on real devices in a temporary folder, whose clocks stand
// in the past and whose logs meet now and then. What they agree and disagree
// about has come about as it would between real teammates. In the end the guest's
// device takes all of it in, and theirs vanish with their keys.
package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cairn/app"
	"cairn/app/durable"
	"cairn/core/fault"
	"cairn/core/id"
)

// Guest is the person who gets the demo. They join the team as an administrator
// and as a second business stakeholder, who answers for the design, so that they
// can change everything and their approval counts on every page.
type Guest struct {
	Person   string
	Roles    []string // in the lifecycle, beside that of the stakeholder
	Language string   // one of Languages
	// Seed decides about the names of documents and the minutes between what
	// people do. The same seed on the same day gives the same workspace, but for
	// its keys and what follows from them.
	Seed uint64
}

// Languages are those that the five people can speak.
var Languages = []string{"en", "ko"}

// maxName bounds the guest's name, in characters: it is shown on one line.
const maxName = 200

// Made is a demo that has just been made.
type Made struct {
	App     *app.App // open; the caller closes it
	Project id.Doc
}

// Make makes the demo in o.Dir, which must be empty or not exist, and opens it.
// It appears whole or not at all. The faults are Invalid for a guest that can't
// be, Conflict for a folder that is taken, and those of app.Create.
func Make(ctx context.Context, o app.Options, g Guest) (Made, error) {
	if err := g.check(); err != nil {
		return Made{}, err
	}
	if err := vacant(o.Dir); err != nil {
		return Made{}, err
	}
	if err := os.MkdirAll(filepath.Dir(o.Dir), 0o700); err != nil {
		return Made{}, cannotMake(o.Dir, err)
	}
	place, err := os.MkdirTemp(filepath.Dir(o.Dir), ".cairn-demo-")
	if err != nil {
		return Made{}, cannotMake(o.Dir, err)
	}
	at := o
	at.Dir = place
	project, err := perform(ctx, at, g)
	if err == nil {
		err = appear(place, o, g)
	}
	if err != nil {
		return Made{}, errors.Join(err, os.RemoveAll(place))
	}
	a, err := app.Open(ctx, o)
	return Made{a, project}, err
}

func (g *Guest) check() error {
	g.Person = strings.Join(strings.Fields(g.Person), " ")
	switch {
	case g.Person == "":
		return fault.New(fault.Invalid, "Who opens the demo needs a name.", "Give it with --person.")
	case len([]rune(g.Person)) > maxName:
		return fault.New(fault.Invalid, "The name of a person has at most %d characters.", "Choose a shorter one.").With(maxName)
	case !slices.Contains(Languages, g.Language):
		return fault.New(fault.Invalid, "The demo does not speak that language.", "Choose one of %s.").With(strings.Join(Languages, ", "))
	}
	return nil
}

// perform plays the script. The guest's device is in at.Dir, and closed.
func perform(ctx context.Context, at app.Options, g Guest) (project id.Doc, err error) {
	folder, err := os.MkdirTemp("", "cairn-demo-")
	if err != nil {
		return project, fault.Wrap(err, fault.Unavailable, "There is no room for temporary files.", "Check the permissions and the free space of the system's temporary folder.")
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s, err := write(g, at.Now())
	if err != nil {
		return project, err
	}
	t, err := gather(ctx, s, folder, at)
	defer func() { err = errors.Join(err, t.close()) }()
	if err != nil {
		return project, err
	}
	if err := t.play(ctx, s); err != nil {
		return project, err
	}
	return s.project.doc, nil
}

// markName is the file in a workspace's folder that says that it is a demo.
const markName = "demo.json"

type mark struct {
	Language string    `json:"language"`
	Made     time.Time `json:"made"`
}

// appear marks the finished folder at place as a demo and moves it to where it
// was asked for.
func appear(place string, o app.Options, g Guest) error {
	text, err := json.Marshal(mark{g.Language, o.Now().UTC()})
	if err != nil {
		return fmt.Errorf("mark the demo: %w", err)
	}
	if err := durable.Replace(filepath.Join(place, markName), append(text, '\n')); err != nil {
		return cannotMake(o.Dir, err)
	}
	if err := os.Remove(o.Dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cannotMake(o.Dir, err)
	}
	if err := os.Rename(place, o.Dir); err != nil {
		return cannotMake(o.Dir, err)
	}
	return nil
}

// In reports whether the workspace in dir is a demo, also while another process
// holds it.
func In(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, markName))
	return err == nil
}

const suffix = "-demo"

// Beside returns the folder for the demo that leaves dir free for a workspace of
// one's own.
func Beside(dir string) string { return filepath.Clean(dir) + suffix }

// Own returns the folder that Beside made dir from, and dir itself if none.
func Own(dir string) string { return strings.TrimSuffix(filepath.Clean(dir), suffix) }

// vacant returns why the demo can't be made at dir.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fault.Wrap(err, fault.Unavailable, "%s can't be used as a workspace folder.", "Choose another folder with --data.").With(dir)
	case In(dir):
		return fault.New(fault.Conflict, "The demo is in %s already.", "Go on with it, or remove the folder to have it as new.").With(dir)
	case len(entries) > 0:
		return fault.New(fault.Conflict, "The folder %s is not empty.", "Make the demo in a folder of its own: `cairn demo --data %s`.").With(dir, Beside(dir))
	}
	return nil
}

func cannotMake(dir string, err error) error {
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "The folder %s can't be made.", "Check the permissions and the free space there, or choose another folder with --data.").With(dir)
}
