//go:build netns

package main

import (
	"fmt"
	"testing"
	"time"
)

// A network that loses three frames of ten in either direction delays sync, and
// prevents nothing.
func TestLostFramesOnlyDelaySyncNetns(t *testing.T) {
	n := newEther(t, 1)
	ada := n.founder("Ada")
	bo := n.newcomer("Bo", ada.invite().Link)
	together(t, ada, bo, 30*time.Second)
	n.lose(0.3)
	for i := range 10 {
		ada.make(fmt.Sprint("Ada's ", i))
		bo.make(fmt.Sprint("Bo's ", i))
	}
	allAgree(t, 120*time.Second, ada, bo)
}
