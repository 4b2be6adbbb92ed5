package teamtest

import (
	"context"
	"slices"
	"sync"
	"time"

	"cairn/ui/presence"
)

// Floor is where the team is: it implements presence.Source and is safe for
// concurrent use.
type Floor struct {
	mu      sync.Mutex
	people  []presence.Person
	said    []presence.Place
	watches map[int]func()
	next    int
}

// Put has people be where they are, instead of those before.
func (f *Floor) Put(people ...presence.Person) {
	f.mu.Lock()
	f.people = people
	told := make([]func(), 0, len(f.watches))
	for _, changed := range f.watches {
		told = append(told, changed)
	}
	f.mu.Unlock()
	for _, changed := range told {
		changed()
	}
}

// Said returns what this person has said, in order.
func (f *Floor) Said() []presence.Place {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.said)
}

// Here implements presence.Source.
func (f *Floor) Here() []presence.Person {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.people)
}

// Watch implements presence.Source.
func (f *Floor) Watch(changed func()) (stop func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.watches == nil {
		f.watches = map[int]func(){}
	}
	n := f.next
	f.next++
	f.watches[n] = changed
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.watches, n)
	}
}

// Say implements presence.Source.
func (f *Floor) Say(_ context.Context, at presence.Place) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said = append(f.said, at)
	return nil
}

// Somebody is one of the team, by their number, in a field of a document.
func Somebody(language string, n int, document, field string, caret int) presence.Person {
	name := Names[language][n]
	return presence.Person{ID: name, Name: name, Device: LaptopOf(language, name), Place: presence.Place{Document: document, Field: field, Caret: caret}, Since: Clock.Add(time.Duration(n) * time.Second)}
}
