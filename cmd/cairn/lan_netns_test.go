//go:build netns

package main

import (
	"testing"
	"time"
)

// Two laptops that have no network but the one that they share find each other
// without an address.
func TestLaptopsInOneRoomFindEachOtherNetns(t *testing.T) {
	t.Parallel()
	n := newEther(t, 1)
	ada := n.founder("Ada")
	ada.make("Before")
	bo := n.newcomer("Bo", unaddressed(t, ada.invite().Link))
	together(t, ada, bo, 30*time.Second)
	ada.make("Ada's")
	bo.make("Bo's")
	allAgree(t, 10*time.Second, ada, bo)
}
