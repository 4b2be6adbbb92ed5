package app_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"cairn/app"
	"cairn/core/member"
	"cairn/core/oplog"
)

// The environment variables that make this program the writer.
const (
	crashDir   = "CAIRN_CRASH_DIR"
	crashRound = "CAIRN_CRASH_ROUND"
)

const (
	// changesPerDoc is how often a writer changes a document before it makes
	// the next.
	changesPerDoc = 20
	// receivedPerRun keeps some of the teammate's batches for later runs.
	receivedPerRun = 6
	// admittedPerRun keeps the membership small.
	admittedPerRun = 2
)

// writeUntilKilled opens the folder and writes from several goroutines at once.
// It prints a line for each write after it was acknowledged, and returns only
// when something fails.
func writeUntilKilled(dir string) int {
	round, err := strconv.Atoi(os.Getenv(crashRound))
	if err != nil {
		return complain(err)
	}
	a, err := app.Open(context.Background(), crashOptions(filepath.Dir(dir)))
	if err != nil {
		return complain(err)
	}
	w := &writer{app: a, round: round}
	say("open")
	var all sync.WaitGroup
	for number, work := range []func(context.Context, int) error{
		w.setNumbers, w.setNumbers, w.setNumbers, w.writeTexts, w.writeShared, w.receive, w.keepHouse,
	} {
		all.Go(func() {
			if err := work(context.Background(), number); err != nil {
				os.Exit(complain(fmt.Errorf("worker %d: %w", number, err)))
			}
		})
	}
	all.Wait()
	return complain(fmt.Errorf("nobody writes any more"))
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// say writes one line at once, so that a kill leaves no half of it between others.
func say(line string) {
	if _, err := os.Stdout.WriteString(line + "\n"); err != nil {
		os.Exit(complain(err))
	}
}

type writer struct {
	app   *app.App
	round int
}

// setNumbers counts up the titles of documents of its own.
func (w *writer) setNumbers(ctx context.Context, _ int) error {
	for {
		made, err := app.CreateDoc.Do(ctx, w.app, app.CreateDocRequest{
			Kind: "requirement", Project: "Churn", Fields: map[string]string{"title": "0"},
		})
		if err != nil {
			return err
		}
		say(fmt.Sprintf("set %s title 0", made.ID))
		for n := 1; n < changesPerDoc; n++ {
			_, err := app.SetField.Do(ctx, w.app, app.SetFieldRequest{ID: made.ID.String(), Field: "title", Value: strconv.Itoa(n)})
			if err != nil {
				return err
			}
			say(fmt.Sprintf("set %s title %d", made.ID, n))
		}
	}
}

// writeTexts goes on writing the texts of documents of its own.
func (w *writer) writeTexts(ctx context.Context, number int) error {
	for {
		made, err := app.CreateDoc.Do(ctx, w.app, app.CreateDocRequest{
			Kind: "requirement", Project: "Churn", Fields: map[string]string{"notes": "Begun."},
		})
		if err != nil {
			return err
		}
		if err := w.extend(ctx, number, made.ID.String(), changesPerDoc); err != nil {
			return err
		}
	}
}

// writeShared goes on writing the text that the teammate writes too.
func (w *writer) writeShared(ctx context.Context, number int) error {
	shared, err := os.ReadFile(sharedFile(w.app.Dir()))
	if err != nil {
		return err
	}
	return w.extend(ctx, number, string(shared), changesPerDoc)
}

// extend adds words to a text.
func (w *writer) extend(ctx context.Context, number int, name string, words int) error {
	for n := range words {
		shown, err := app.ShowDoc.Do(ctx, w.app, app.DocRequest{ID: name})
		if err != nil {
			return err
		}
		before, _ := shown.Fields["notes"].AsString()
		word := fmt.Sprintf("r%dw%dn%d;", w.round, number, n)
		_, err = app.SetField.Do(ctx, w.app, app.SetFieldRequest{ID: name, Field: "notes", Value: before + " " + word})
		if err != nil {
			return err
		}
		say(fmt.Sprintf("text %s %s", name, word))
	}
	return nil
}

// receive takes in some of what the teammate has written.
func (w *writer) receive(ctx context.Context, _ int) error {
	file, err := os.ReadFile(teammateFile(w.app.Dir()))
	if err != nil {
		return err
	}
	for left := receivedPerRun; len(file) > 0 && left > 0; {
		size := 4 + binary.BigEndian.Uint32(file)
		raw := file[4:size:size]
		file = file[size:]
		h, err := oplog.ReadHeader(raw)
		if err != nil {
			return err
		}
		if h.First < w.app.Journal().Heads()[h.Log].Next {
			continue
		}
		if err := w.app.Journal().Receive(ctx, [][]byte{raw}); err != nil {
			return err
		}
		say(fmt.Sprintf("received %s %d", h.Log, h.End()))
		left--
	}
	return nil
}

// keepHouse does what else a node does meanwhile: write documents out, make
// them anew, admit people.
func (w *writer) keepHouse(ctx context.Context, _ int) error {
	for n := 0; ; n++ {
		var err error
		switch {
		case w.round%3 == 0:
			err = w.app.Journal().Rebuild(ctx)
		case w.round%3 == 1 && n < admittedPerRun:
			var key ed25519.PublicKey
			if key, _, err = ed25519.GenerateKey(rand.Reader); err == nil {
				_, err = w.app.AdmitPerson(ctx, "Somebody", member.Viewer, key)
			}
		default:
			_, err = w.app.Journal().Stats(ctx)
		}
		if err != nil {
			return err
		}
	}
}
