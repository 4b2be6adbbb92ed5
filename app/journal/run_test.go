package journal_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"testing"

	"cairn/core/fault"
)

// TestAMembershipIsTakenInUpToWhatIsAmiss has batches of membership arrive
// together, of which one is not signed by its device.
func TestAMembershipIsTakenInUpToWhatIsAmiss(t *testing.T) {
	const persons = 20
	a, founding := newAuthor(t, 1)
	all := admissions(t, a, founding, persons)
	for _, bad := range []int{0, 1, 7, 8, 19, persons} {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		j := openJournal(t, key)
		if err := j.Belong(t.Context(), a.ws); err != nil {
			t.Fatal(err)
		}
		var raws, forged [][]byte
		for i, b := range all {
			raws = append(raws, b.Raw)
			raw := bytes.Clone(b.Raw)
			if i == bad {
				raw[len(raw)-1] ^= 1
			}
			forged = append(forged, raw)
		}
		if err := j.Receive(t.Context(), forged); fault.KindOf(err) != fault.Denied {
			t.Errorf("all of them, batch %d forged: %v, want a fault Denied", bad, err)
		}
		if j.Members() != nil {
			t.Errorf("a call that is refused for batch %d has left something", bad)
		}
		stored, err := j.ReceiveSome(t.Context(), forged)
		if stored != bad || fault.KindOf(err) != fault.Denied {
			t.Errorf("batch %d forged: %d are stored, then %v", bad, stored, err)
		}
		if stored, err := j.ReceiveSome(t.Context(), raws); stored != len(raws) || err != nil {
			t.Errorf("after batch %d was forged: %d are stored, then %v, want all", bad, stored, err)
		}
		if got := len(j.Members().Persons()); got != persons+1 {
			t.Errorf("after batch %d was forged: %d persons, want %d", bad, got, persons+1)
		}
	}
}
