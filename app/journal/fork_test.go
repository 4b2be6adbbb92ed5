package journal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

// The fields of other families that the tests of forks write.
const (
	tagsField  uint16 = 3 // a set
	countField uint16 = 4 // a counter
	stepsField uint16 = 5 // a list
	wordsField uint16 = 6 // a multi-value
)

// copied starts a journal on a copy of n's folder, on the same machine: what
// makes two histories under one name.
func copied(n *node) *node {
	n.t.Helper()
	c := &node{wall: n.wall, view: &titles{shown: map[id.Doc]string{}}, person: n.person, t: n.t}
	c.config = n.config
	c.config.View = c.view
	dir := filepath.Join(n.t.TempDir(), "workspace")
	n.check(n.Close())
	n.reopenDisk(func(*disk.Disk) {
		n.check(n.disk.Close())
		n.check(os.CopyFS(dir, os.DirFS(n.disk.Dir())))
	})
	var err error
	n.disk, err = disk.Open(disk.Options{Dir: n.disk.Dir()})
	n.check(err)
	n.open()
	c.disk, err = disk.Open(disk.Options{Dir: dir})
	n.check(err)
	c.open()
	n.t.Cleanup(func() {
		n.check(c.Close())
		n.check(c.disk.Close())
	})
	return c
}

// forks returns the proof that a and b hold two histories of log.
func forks(t *testing.T, log id.Log, a, b *node) replica.Proof {
	t.Helper()
	ours, theirs := a.batches(log, 0), b.batches(log, 0)
	for i := range min(len(ours), len(theirs)) {
		if !bytes.Equal(ours[i], theirs[i]) {
			key, _ := a.Members().Key(log.Device)
			proof, err := replica.Prove(ours[i], theirs[i], key)
			a.check(err)
			return proof
		}
	}
	t.Fatalf("log %s has not forked", log)
	return replica.Proof{}
}

func (n *node) hear(p replica.Proof) {
	n.t.Helper()
	n.check(n.Fork(n.t.Context(), p.Log, p.At, p.One, p.Other))
}

// pullCounted brings what from has and n lacks, of forked logs only what counts.
func (n *node) pullCounted(from *node) {
	n.t.Helper()
	limits := from.Forks()
	for _, log := range from.Logs() {
		var raws [][]byte
		for _, raw := range from.batches(log, n.Heads()[log].Next) {
			h, err := oplog.ReadHeader(raw)
			n.check(err)
			if limit, forked := limits[log]; !forked || h.End() <= limit {
				raws = append(raws, raw)
			}
		}
		n.check(n.Receive(n.t.Context(), raws))
	}
}

// settle brings everybody everything that counts.
func settle(nodes ...*node) {
	for _, to := range nodes {
		for _, from := range nodes {
			if to != from {
				to.pullCounted(from)
			}
		}
	}
}

// edit changes every family of field of a document: the word tells who did.
func (n *node) edit(name id.Doc, word string) {
	n.t.Helper()
	n.check(n.Write(n.t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(name)
		if err != nil {
			return err
		}
		text, err := d.InsertText(proseField, tx.Log(), d.TextLen(proseField), word+" ")
		if err != nil {
			return err
		}
		for _, c := range []doc.Change{
			d.Add(tagsField, doc.String(word)), d.Count(countField, 1), text,
			d.InsertItem(stepsField, 99, doc.String(word), tx.Jitter()), d.Put(wordsField, doc.String(word)),
			d.SetRegister(titleField, doc.String(word)),
		} {
			if err := tx.Apply(d, noun.Requirements.Number, c); err != nil {
				return err
			}
		}
		return nil
	}))
}

// shows fails the test unless the document holds all words, each once.
func (n *node) shows(name id.Doc, words ...string) {
	n.t.Helper()
	d, err := n.Doc(name)
	n.check(err)
	var tags, steps []string
	for _, v := range d.Set(tagsField) {
		s, _ := v.AsString()
		tags = append(tags, s)
	}
	for _, item := range d.List(stepsField) {
		s, _ := item.Value.AsString()
		steps = append(steps, s)
	}
	want := slices.Sorted(slices.Values(words))
	if slices.Sort(tags); !slices.Equal(tags, want) {
		n.t.Errorf("set %q, want %q", tags, want)
	}
	if slices.Sort(steps); !slices.Equal(steps, want) {
		n.t.Errorf("list %q, want %q", steps, want)
	}
	text := bytes.Fields([]byte(d.Text(proseField)))
	slices.SortFunc(text, bytes.Compare)
	if got := string(bytes.Join(text, []byte(" "))); got != string(bytes.Join(asBytes(want), []byte(" "))) {
		n.t.Errorf("text %q, want the words %q", d.Text(proseField), want)
	}
	if got := d.Counter(countField); got != int64(len(words)) {
		n.t.Errorf("counter %d, want %d", got, len(words))
	}
}

func asBytes(words []string) (out [][]byte) {
	for _, w := range words {
		out = append(out, []byte(w))
	}
	return out
}

// TestAForkedLogCountsUpToTheForkAndWhatWasLostIsWrittenAgain has both copies of
// a folder written to, beside a teammate who has taken one of the histories in,
// one who hears of the fork first, and one who has heard nothing yet.
func TestAForkedLogCountsUpToTheForkAndWhatWasLostIsWrittenAgain(t *testing.T) {
	ada := found(t, 1)
	name := ada.create("base")
	ada.edit(name, "before")
	other := copied(ada)
	log := ada.dataLog()
	ben := join(t, 2, ada, member.Contributor)
	cat := join(t, 3, ada, member.Contributor)
	ada.edit(name, "original")
	ada.edit(name, "again")
	other.edit(name, "copy")
	other.edit(name, "more")
	other.edit(name, "most")
	ben.pull(ada)
	ben.check(ben.rename(name, "on top"))
	proof := forks(t, log, ada, other)
	if proof.At != 7 {
		t.Fatalf("the fork is at %d, want behind one operation and six", proof.At)
	}

	for _, n := range []*node{cat, ben, ada, other} {
		n.hear(proof)
		n.hear(proof)
		if got := n.Forks()[log]; got != proof.At {
			t.Errorf("forked at %d, want %d", got, proof.At)
		}
		n.sound()
	}
	settle(ada, other, ben, cat)
	settle(ada, other, ben, cat)
	for _, n := range []*node{ada, other, ben, cat} {
		if stalls := n.Stalls(); len(stalls) > 0 {
			t.Errorf("%s waits: %+v", n.Device().Short(), stalls)
		}
		n.shows(name, "before", "original", "again", "copy", "more", "most")
		if got := n.title(name); got != "most" && got != "on top" {
			t.Errorf("title %q, want the latest", got)
		}
		same(t, ada, n)
		n.sound()
	}
	ada.edit(name, "later")
	other.edit(name, "latest")
	settle(ada, other, ben, cat)
	for _, n := range []*node{ada, other, ben, cat} {
		n.crash()
		n.hear(proof)
		n.shows(name, "before", "original", "again", "copy", "more", "most", "later", "latest")
		same(t, ada, n)
		n.check(n.Rebuild(t.Context()))
		same(t, ada, n)
		n.sound()
	}
}

// TestWhatIsWrittenAgainIsTheSameEachTime fails the disk at every step of it,
// and has a copy of the folder do it too.
func TestWhatIsWrittenAgainIsTheSameEachTime(t *testing.T) {
	for stored := range 4 {
		ada := found(t, 1)
		name := ada.create("base")
		other := copied(ada)
		ada.edit(name, "one")
		ada.edit(name, "two")
		other.edit(name, "three")
		twin := copied(ada)
		proof := forks(t, other.dataLog(), ada, other)
		left := stored
		ada.check(ada.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
			n := min(left, len(group))
			left -= n
			if err := ada.disk.Append(group[:n]); err != nil || n == len(group) {
				return err
			}
			return errBroken
		}))
		err := ada.Fork(t.Context(), proof.Log, proof.At, proof.One, proof.Other)
		if want := stored < 3; errors.Is(err, errBroken) != want {
			t.Fatalf("Fork = %v with room for %d batches", err, stored)
		}
		if ada.check(ada.TestOnlyAppend(t.Context(), nil)); stored%2 == 0 {
			ada.check(ada.rename(name, "by the way"))
		}
		ada.reopen()
		twin.hear(proof)
		other.hear(proof)
		settle(ada, twin, other)
		for _, n := range []*node{ada, twin, other} {
			n.shows(name, "one", "two", "three")
			same(t, ada, n)
			n.sound()
		}
		if a, b := ada.Heads(), twin.Heads(); a.Digest() != b.Digest() {
			t.Errorf("what the original and its twin wrote again differs: %v and %v", a.Missing(b), b.Missing(a))
		}
	}
}

// TestAForkOfMembershipEndsTheLogForAll: both histories admit somebody.
func TestAForkOfMembershipEndsTheLogForAll(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Admin)
	other := copied(ada)
	one, two := id.Person{15: 71}, id.Person{15: 72}
	ada.act(member.AddPerson{Person: one, Role: member.Viewer})
	other.act(member.AddPerson{Person: two, Role: member.Contributor})
	other.act(member.SetRole{Person: two, Role: member.Approver})
	ben.pull(ada)
	ben.act(member.SetRole{Person: one, Role: member.Contributor}) // builds on the lost act
	proof := forks(t, ada.Logs()[0], ada, other)
	for _, n := range []*node{ben, other, ada} {
		n.hear(proof)
	}
	for range 2 {
		settle(ada, other, ben)
	}
	for _, n := range []*node{ada, other, ben} {
		if got := n.Members().Role(two); got != member.Approver {
			t.Errorf("the role of the second is %v, want what was written again", got)
		}
		if got := n.Members().Role(one); got == member.None {
			t.Errorf("the first is not admitted again")
		}
		if a, b := ada.Members(), n.Members(); !slices.Equal(a.Persons(), b.Persons()) {
			t.Errorf("memberships differ: %v and %v", a.Persons(), b.Persons())
		}
		n.reopen()
		if waiting := n.Members().Waiting(); len(waiting) > 0 {
			t.Errorf("acts wait: %+v", waiting)
		}
		n.sound()
	}
	for i, n := range []*node{ada, other, ben} {
		n.create("goes on")
		n.act(member.AddPerson{Person: id.Person{14: byte(i + 1)}, Role: member.Viewer})
	}
	settle(ada, other, ben)
	for _, n := range []*node{other, ben} {
		if a, b := ada.Members(), n.Members(); !slices.Equal(a.Persons(), b.Persons()) {
			t.Errorf("memberships differ: %v and %v", a.Persons(), b.Persons())
		}
		same(t, ada, n)
	}
}

func TestAForkIsProvenOrRefused(t *testing.T) {
	ada, eve := found(t, 1), found(t, 2)
	mate := admitted(ada, 8, member.Contributor)
	first := mate.next(mate.draft(nine, nameless, "first"))
	base := mate.head
	one := mate.next(mate.draft(nine, nameless, "one"))
	ada.check(ada.Receive(t.Context(), [][]byte{first, one}))
	mate.head = base
	other := mate.next(mate.draft(nine, nameless, "other"))
	forged := bytes.Clone(other)
	forged[len(forged)-1] ^= 1
	foreign := *mate
	foreign.ws, foreign.head = eve.Workspace(), base
	alien := foreign.next(foreign.draft(nine, nameless, "elsewhere"))
	unknown := newStranger(ada, 99)
	a, b := unknown.seal(unknown.draft(nine, nameless, "a")).Raw, unknown.seal(unknown.draft(nine, nameless, "b")).Raw
	for what, c := range map[string]struct {
		log        id.Log
		at         uint64
		one, other []byte
	}{
		"a wrong signature":          {mate.log, 1, one, forged},
		"one history":                {mate.log, 0, first, one},
		"the same batch":             {mate.log, 1, one, one},
		"another place":              {mate.log, 0, one, other},
		"another log":                {id.Log{Device: mate.log.Device, Incarnation: 9}, 1, one, other},
		"another workspace":          {mate.log, 1, one, alien},
		"a device that is not known": {unknown.log, 0, a, b},
		"nothing":                    {mate.log, 1, nil, nil},
	} {
		if err := ada.Fork(t.Context(), c.log, c.at, c.one, c.other); fault.KindOf(err) != fault.Denied {
			t.Errorf("%s: %v, want a fault Denied", what, err)
		}
	}
	if got := ada.Forks(); len(got) > 0 || ada.title(nameless) != "one" {
		t.Errorf("forks %v, title %q after refusals", got, ada.title(nameless))
	}
	ada.check(ada.Fork(t.Context(), mate.log, 1, one, other))
	if got := ada.title(nameless); got != "first" {
		t.Errorf("title = %q, want that the fork has no effect", got)
	}
	ada.reopen(func(d *disk.Disk) { ada.check(d.SetMeta("forks", []byte{0xff})) })
	if got := ada.title(nameless); got != "one" || len(ada.Forks()) > 0 {
		t.Errorf("title = %q, forks = %v without the note of forks", got, ada.Forks())
	}
	ada.check(ada.Fork(t.Context(), mate.log, 1, other, one))
	if got := ada.title(nameless); got != "first" {
		t.Errorf("title = %q, want that the fork is found again", got)
	}
	ada.sound()
}

// TestACauseBehindAForkIsNotWaitedFor: the mate has seen a history that never
// comes here.
func TestACauseBehindAForkIsNotWaitedFor(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	cat := join(t, 3, ada, member.Contributor)
	ben.pull(ada)
	other := copied(ada)
	ada.create("by the original")
	name := ada.create("also by the original")
	other.create("by the copy")
	ben.pull(ada)
	ben.check(ben.rename(name, "by Ben"))
	cat.pull(other)
	cat.check(cat.Receive(t.Context(), ben.batches(ben.dataLog(), 0)))
	if len(cat.Stalls()) != 1 {
		t.Fatalf("stalls %v, want that Ben's batch waits", cat.Stalls())
	}
	cat.hear(forks(t, ada.dataLog(), ada, other))
	if got := cat.title(name); got != "by Ben" || len(cat.Stalls()) > 0 {
		t.Errorf("title %q, stalls %v, want that nothing waits for what never comes", got, cat.Stalls())
	}
	cat.sound()
}
