package demo

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"

	"cairn/app"
	"cairn/core/id"
)

// team is the devices of everybody, and what has gone from one to another.
type team struct {
	clock   *clock
	devices map[*player]*app.App
	air     map[id.Log][]letter
	logs    []id.Log // of air, in the order in which they can be received
}

// letter is a batch on its way.
type letter struct {
	first uint64 // operation of its log
	raw   []byte
}

// gather makes a device for everybody in folder, but that of the guest as at
// says. The founder's comes first and makes the workspace. The team that it
// returns is to be closed also when it fails.
func gather(ctx context.Context, s *script, folder string, at app.Options) (*team, error) {
	t := &team{clock: &clock{now: s.starts()}, devices: map[*player]*app.App{}, air: map[id.Log][]letter{}}
	drawn := map[*player]*lots{}
	options := func(number int, p *player) app.Options {
		if p == s.guest {
			return at
		}
		drawn[p] = &lots{from: at.Rand}
		name := fmt.Sprint("device-", number)
		return app.Options{
			Dir: filepath.Join(folder, name), Installs: filepath.Join(folder, "installs"), Log: slog.New(slog.DiscardHandler),
			Now: t.clock.Now, Rand: drawn[p], Keys: app.KeysFile,
		}
	}
	founder, err := app.Create(ctx, options(0, s.founder), s.founding)
	if err != nil {
		return t, fmt.Errorf("found the workspace of the demo: %w", err)
	}
	t.devices[s.founder] = founder
	for i, p := range s.cast {
		if p == s.founder {
			continue
		}
		if t.devices[p], err = app.Enroll(ctx, options(i, p), founder.Journal().Workspace()); err != nil {
			delete(t.devices, p)
			return t, fmt.Errorf("make the device of %s: %w", p.name, err)
		}
	}
	// The keys are made: from here on the seed decides.
	for i, p := range s.cast {
		if l := drawn[p]; l != nil {
			l.follow(s.seed, uint64(i))
		}
	}
	s.founder.person.doc, err = whose(ctx, founder)
	return t, err
}

func whose(ctx context.Context, a *app.App) (id.Doc, error) {
	status, err := app.GetStatus.Do(ctx, a, app.StatusRequest{})
	return status.Person.ID, err
}

// play carries out what the script says.
func (t *team) play(ctx context.Context, s *script) error {
	for _, d := range s.deeds {
		t.clock.set(d.at)
		if err := d.do(ctx, t); err != nil {
			return fmt.Errorf("%s: %w", d.what, err)
		}
	}
	return nil
}

// meet lets everybody in party have what any of them has, and what has been in
// the air before.
func (t *team) meet(ctx context.Context, party ...*player) error {
	for _, p := range party {
		if err := t.send(t.devices[p]); err != nil {
			return fmt.Errorf("send what %s wrote: %w", p.name, err)
		}
	}
	for _, p := range party {
		if err := t.deliver(ctx, t.devices[p]); err != nil {
			return fmt.Errorf("bring %s what others wrote: %w", p.name, err)
		}
	}
	return nil
}

// send puts what a device has and the air lacks there.
func (t *team) send(a *app.App) error {
	for _, log := range a.Journal().Logs() {
		known, ok := t.air[log]
		from := uint64(0)
		if ok {
			from = known[len(known)-1].first + 1
		}
		err := a.Journal().Batches(log, from, func(first uint64, raw []byte) error {
			if first >= from {
				t.air[log] = append(t.air[log], letter{first, append([]byte(nil), raw...)})
			}
			return nil
		})
		if err != nil {
			return err
		}
		if !ok && len(t.air[log]) > 0 {
			t.logs = append(t.logs, log)
		}
	}
	return nil
}

// deliver brings a device what the air has and it lacks, at once. The log of the
// founder's acts was the first in the air: it says who may write the rest.
func (t *team) deliver(ctx context.Context, a *app.App) error {
	heads := a.Journal().Heads()
	var raws [][]byte
	for _, log := range t.logs {
		for _, l := range t.air[log] {
			if l.first >= heads[log].Next {
				raws = append(raws, l.raw)
			}
		}
	}
	if len(raws) == 0 {
		return nil
	}
	return a.Journal().Receive(ctx, raws)
}

func (t *team) close() error {
	var all []error
	for _, a := range t.devices {
		all = append(all, a.Close())
	}
	return errors.Join(all...)
}

// lots is the randomness of a device: real while its keys are made, since nobody
// must be able to guess them, and that of a seed afterwards. It is safe for
// concurrent use.
type lots struct {
	mu   sync.Mutex
	from io.Reader // guarded by mu
}

// Read fills b.
func (l *lots) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.from.Read(b)
}

func (l *lots) follow(seed, stream uint64) {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	binary.LittleEndian.PutUint64(key[8:], stream)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.from = rand.NewChaCha8(key)
}
