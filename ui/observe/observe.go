// Package observe holds values that presenters publish and screens watch.
package observe

import "sync"

// Value is a value of type T that can be watched. The zero Value holds the
// zero T. It is safe for concurrent use.
type Value[T any] struct {
	mu   sync.Mutex
	v    T
	last uint64 // version of v, when Put was given one
	next int
	subs map[int]func() // by the number that Watch gave
}

// Get returns the current value.
func (o *Value[T]) Get() T {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.v
}

// Set replaces the value, then tells the watchers.
func (o *Value[T]) Set(v T) { o.Update(func(T) T { return v }) }

// Update replaces the value with f of the old one, then tells the watchers. It
// must not be called from f.
func (o *Value[T]) Update(f func(T) T) {
	o.mu.Lock()
	o.v = f(o.v)
	told := make([]func(), 0, len(o.subs))
	for _, changed := range o.subs {
		told = append(told, changed)
	}
	o.mu.Unlock()
	for _, changed := range told {
		changed()
	}
}

// Put replaces the value unless one of a later version has been put there, then
// tells the watchers: for a presenter that makes its values in order, under a lock
// of its own, and hands them over without it.
func (o *Value[T]) Put(version uint64, v T) {
	o.Update(func(old T) T {
		if o.last > version {
			return old
		}
		o.last = version
		return v
	})
}

// Watch calls changed after every Update until stop is called. It carries no
// value: the watcher calls Get, so a slow one sees the latest, not a backlog.
func (o *Value[T]) Watch(changed func()) (stop func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.subs == nil {
		o.subs = map[int]func(){}
	}
	n := o.next
	o.next++
	o.subs[n] = changed
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.subs, n)
	}
}
