package observe_test

import (
	"sync"
	"testing"

	"cairn/ui/observe"
)

func TestValueTellsWatchersUntilTheyStop(t *testing.T) {
	var v observe.Value[int]
	var seen []int
	stop := v.Watch(func() { seen = append(seen, v.Get()) })
	v.Set(1)
	v.Update(func(n int) int { return n + 1 })
	stop()
	v.Set(9)
	if len(seen) != 2 || seen[0] != 1 || seen[1] != 2 {
		t.Errorf("seen = %v, want [1 2]", seen)
	}
	if got := v.Get(); got != 9 {
		t.Errorf("Get() = %d, want 9", got)
	}
}

func TestValueLosesNoUpdate(t *testing.T) {
	var v observe.Value[int]
	var told sync.WaitGroup
	told.Add(400)
	v.Watch(told.Done)
	for range 4 {
		go func() {
			for range 100 {
				v.Update(func(n int) int { return n + 1 })
			}
		}()
	}
	told.Wait()
	if got := v.Get(); got != 400 {
		t.Errorf("Get() = %d after 400 increments", got)
	}
}

func TestValueKeepsTheLatestVersion(t *testing.T) {
	var v observe.Value[string]
	v.Put(2, "second")
	v.Put(1, "first")
	if got := v.Get(); got != "second" {
		t.Errorf("Get() = %q after the first came late", got)
	}
	v.Put(3, "third")
	if got := v.Get(); got != "third" {
		t.Errorf("Get() = %q, want the third", got)
	}
}
