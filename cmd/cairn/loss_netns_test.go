//go:build netns

package main

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// A network that loses three frames of ten in either direction delays coming in
// and sync, and prevents nothing.
func TestLostFramesOnlyDelaySyncNetns(t *testing.T) {
	t.Parallel()
	n := newEther(t, 1)
	ada := n.founder("Ada")
	link := ada.invite().Link
	n.lose(0.3)
	bo := n.newcomer("Bo", link)
	together(t, ada, bo, 60*time.Second)
	for i := range 10 {
		ada.make(fmt.Sprint("Ada's ", i))
		bo.make(fmt.Sprint("Bo's ", i))
	}
	allAgree(t, 60*time.Second, ada, bo)

	bo.end(os.Interrupt)
	bo.seed(300)
	ada.make("While Bo was away")
	bo.start()
	together(t, ada, bo, 60*time.Second)
	allAgree(t, 60*time.Second, ada, bo)
}
