package relay_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"cairn/sync/relay"
)

func TestTwoWhoNeverMeetAgree(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, false)
	ada.write(ada.Log(1), 5, 100)
	ada.online()
	ada.brought()
	ada.offline()

	ben.online()
	ben.has(ada.Log(1), 500)
	ben.write(ben.Log(1), 3, 10)
	ben.brought()
	ben.offline()

	ada.online()
	ada.has(ben.Log(1), 30)
	equal(t, ada, ben)
	if st := ada.client.Status(); st.Behind != 0 || st.Bad != 0 || len(st.Logs) != 0 {
		t.Errorf("Status = %+v, want nothing behind and nothing wrong", st)
	}
}

func TestWhatIsWrittenArrivesAtOnce(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	ada.online()
	ben.online()
	ada.brought()
	ben.brought()
	for n := range uint64(20) {
		ada.write(ada.Log(1), 1, 3)
		ben.write(ben.Log(1), 1, 2)
		ada.has(ben.Log(1), 2*(n+1))
		ben.has(ada.Log(1), 3*(n+1))
	}
	ada.brought()
	ben.brought()
	equal(t, ada, ben)
	if st := ada.client.Status(); st.State != relay.Connected || st.Contact.IsZero() {
		t.Errorf("Status = %+v, want connected", st)
	}
}

func TestTheRelayLearnsNothing(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, false)
	ada.online()
	ada.write(ada.Log(1), 4, 50)
	ben.online()
	ben.has(ada.Log(1), 200)
	w.stop()

	secrets := map[string][]byte{
		"what was written": []byte(marker), "the workspace": w.cast.ws[:16], "the workspace, spelt out": []byte(w.cast.ws.String()[:16]),
		"a key": ada.Public(), "a batch": ada.store.Logs[ada.Log(1)][0].Raw[:40],
	}
	found := 0
	err := filepath.WalkDir(w.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		found += len(b)
		for what, secret := range secrets {
			if bytes.Contains(b, secret) {
				t.Errorf("%s holds %s", path, what)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 2000 {
		t.Errorf("the relay holds %d bytes, too few to have been looked at", found)
	}
}
