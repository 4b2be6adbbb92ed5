package panel

import (
	"maps"
	"sync"
)

// Drafts are what is typed and not sent, by where it was typed. One of them
// serves a window: a page that is left, or a panel that is closed, loses nothing.
// The zero Drafts is ready, and it is safe for concurrent use.
type Drafts struct {
	// Kept is called with all that is typed whenever it changes, so that it can
	// be put where it outlives the window. It is set once, before anything is
	// typed.
	Kept func(all map[string]string)

	mu   sync.Mutex
	text map[string]string
}

// Take takes over what was kept by an earlier window.
func (d *Drafts) Take(all map[string]string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text = maps.Clone(all)
}

func (d *Drafts) get(at string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text[at]
}

func (d *Drafts) put(at, text string) {
	d.mu.Lock()
	if d.text == nil {
		d.text = map[string]string{}
	}
	changed := d.text[at] != text
	d.text[at] = text
	if text == "" {
		delete(d.text, at)
	}
	all := maps.Clone(d.text)
	d.mu.Unlock()
	if changed && d.Kept != nil {
		d.Kept(all)
	}
}
