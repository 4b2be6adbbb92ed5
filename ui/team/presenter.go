package team

import (
	"context"
	"strings"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/ui/observe"
	"cairn/ui/words"
)

// Deeds is what can be done on the page.
type Deeds struct {
	People
	Laptops
	Network
	Invites
}

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[View]

	source Source
	do     Deeds
	now    func() time.Time

	mu      sync.Mutex
	version uint64
	reads   uint64 // how many have begun
	shown   uint64 // the latest of them that is shown
	loaded  bool
	broken  error
	team    Now
	syncing bool
	sheet   sheet
}

// NewPresenter returns the presenter of the page. Load fills it, and fills it anew
// when something has changed.
func NewPresenter(source Source, do Deeds, now func() time.Time) *Presenter {
	return &Presenter{source: source, do: do, now: now}
}

// Load reads how the team stands now. Of reads that overlap, the one that began
// last shows.
func (p *Presenter) Load(ctx context.Context) {
	p.mu.Lock()
	p.reads++
	mine := p.reads
	p.mu.Unlock()
	now, err := p.source.Team(ctx)
	p.change(func() {
		if mine < p.shown {
			return
		}
		p.shown, p.loaded, p.broken = mine, true, err
		if err == nil {
			p.team = now
		}
	})
}

// Refresh shows the same at the present time, in the language that is spoken now.
func (p *Presenter) Refresh() { p.change(func() {}) }

// Team returns how the team stood when it was read last.
func (p *Presenter) Team() Now {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.team
}

// SyncNow looks for every laptop anew.
func (p *Presenter) SyncNow(ctx context.Context) error {
	p.change(func() { p.syncing = true })
	err := p.do.Sync(ctx)
	p.change(func() { p.syncing = false })
	p.Load(ctx)
	return err
}

// SetRight changes what a member may do.
func (p *Presenter) SetRight(ctx context.Context, member string, to Right) error {
	defer p.Load(ctx)
	return p.do.SetRight(ctx, member, to)
}

// RemoveMember takes a person out of the workspace.
func (p *Presenter) RemoveMember(ctx context.Context, member string) error {
	defer p.Load(ctx)
	return p.do.RemoveMember(ctx, member)
}

// RenameLaptop gives a laptop another name. An empty one is none.
func (p *Presenter) RenameLaptop(ctx context.Context, device, name string) error {
	if name = strings.TrimSpace(name); name == "" {
		return fault.New(fault.Invalid, "A laptop needs a name.", "Give it one by which the others know it.")
	}
	defer p.Load(ctx)
	return p.do.RenameLaptop(ctx, device, name)
}

// RemoveLaptop takes a laptop out of the workspace.
func (p *Presenter) RemoveLaptop(ctx context.Context, device string) error {
	defer p.Load(ctx)
	return p.do.RemoveLaptop(ctx, device)
}

// AddAddress has this laptop try an address, HOST:PORT, or the URL of a relay.
func (p *Presenter) AddAddress(ctx context.Context, address string) error {
	defer p.Load(ctx)
	return p.do.AddAddress(ctx, strings.TrimSpace(address))
}

// ForgetAddress has this laptop try an address no more.
func (p *Presenter) ForgetAddress(ctx context.Context, address string) error {
	defer p.Load(ctx)
	return p.do.ForgetAddress(ctx, address)
}

// Withdraw makes an invite let nobody in any more.
func (p *Presenter) Withdraw(ctx context.Context, id string) error {
	defer p.Load(ctx)
	return p.do.Withdraw(ctx, id)
}

// change changes what the presenter holds and publishes what follows.
func (p *Presenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	version := p.version
	v := View{Loaded: p.loaded}
	if p.loaded {
		v = view(p.now(), p.team)
	}
	if p.broken != nil {
		v.Problem = words.Fault(p.broken)
	}
	v.Syncing, v.Sheet = p.syncing, p.sheet.view(p.now(), &p.team)
	p.mu.Unlock()
	p.State.Put(version, v)
}
