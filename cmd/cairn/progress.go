package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress is the line on standard error that tells how long something takes.
// The zero progress shows nothing. It is safe for concurrent use.
type progress struct {
	mu    sync.Mutex // held while the line must not appear
	shown bool
}

// progressEvery is when the line first appears, and how often it changes.
const progressEvery = time.Second

// during runs work and shows on w, while it takes longer than a second, what
// is done now and for how long.
func (p *progress) during(w io.Writer, doing func() string, work func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	started := time.Now()
	ticker := time.NewTicker(progressEvery)
	go func() {
		defer close(ended)
		for {
			select {
			case <-ticker.C:
				p.show(w, fmt.Sprintf("%s… %d s", doing(), int(time.Since(started).Seconds())))
			case <-done:
				p.show(w, "")
				return
			}
		}
	}()
	defer func() {
		ticker.Stop()
		close(done)
		<-ended
	}()
	work()
}

// show replaces the line by text, or takes it away.
func (p *progress) show(w io.Writer, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if text == "" && !p.shown {
		return
	}
	fmt.Fprint(w, "\r\x1b[K"+text)
	p.shown = text != ""
}

// hold keeps the line away while fn talks to the person.
func (p *progress) hold(w io.Writer, fn func()) {
	p.show(w, "")
	p.mu.Lock()
	defer p.mu.Unlock()
	fn()
}

// working carries out work, with a progress line where somebody sees it.
func (c *cli) working(doing string, work func()) {
	c.workingOn(func() string { return doing }, work)
}

// workingOn is working on something of several steps.
func (c *cli) workingOn(doing func() string, work func()) {
	if !isTerminal(c.err) {
		work()
		return
	}
	c.progress.during(c.err, doing, work)
}
