//go:build netns

package main

import (
	"fmt"
	"testing"
	"time"
)

// What is written on both sides while their cables are out comes together once
// they are in again, also when one of the two has moved meanwhile.
func TestPulledCablesDelayNothingButSyncNetns(t *testing.T) {
	t.Parallel()
	n := newEther(t, 1)
	ada := n.founder("Ada")
	bo := n.newcomer("Bo", ada.invite().Link)
	together(t, ada, bo, 30*time.Second)
	for round := range 3 {
		n.pull(bo.room, true)
		ada.make(fmt.Sprint("Ada's ", round))
		bo.make(fmt.Sprint("Bo's ", round))
		n.pull(bo.room, false)
		ada.make(fmt.Sprint("Ada's again ", round))
	}
	allAgree(t, 30*time.Second, ada, bo)

	n.pull(bo.room, true)
	ada.make("Ada's elsewhere")
	n.move(bo.room, "10.77.0.99")
	bo.make("Bo's elsewhere")
	n.pull(bo.room, false)
	allAgree(t, 60*time.Second, ada, bo)
	together(t, ada, bo, time.Second)
}
