package journal_test

import (
	"errors"
	"slices"
	"testing"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// cutAt returns the end of what counts of a device's logs.
func cutAt(log id.Log, next uint64) []oplog.Dep { return []oplog.Dep{{Log: log, Next: next}} }

// removedBy makes admin remove n's device, and what n wrote from operation next on.
func (n *node) removedBy(admin *node, next uint64) member.RemoveDevice {
	n.t.Helper()
	act := member.RemoveDevice{Device: n.Device(), Cut: cutAt(n.dataLog(), next)}
	if admin != nil {
		admin.act(act)
	}
	return act
}

// TestARemovalVoidsWhatComesAfterItsCutEverywhere: Ada and Ben have applied all
// of Mal's changes, Cat hears of the removal first, and Mal himself last.
func TestARemovalVoidsWhatComesAfterItsCutEverywhere(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	mal := join(t, 3, ada, member.Contributor)
	cat := join(t, 4, ada, member.Contributor)
	all := []*node{ada, ben, mal, cat}
	for _, n := range all {
		n.pull(ada)
	}
	name := ada.create("by Ada")
	ada.insert(name, 0, "Ada begins. ")
	mal.pull(ada)
	mal.check(mal.rename(name, "by Mal"))
	mal.insert(name, 12, "Mal stays. ")
	mal.check(mal.rename(name, "by Mal, too late"))
	void := mal.create("made by Mal, too late")
	mal.insert(name, 23, "Mal is void. ")
	ada.pull(mal)
	ben.pull(mal)
	ben.pull(ada)
	// Ben's next batch names what will be void as its cause.
	ben.insert(name, 36, "Ben goes on.")

	mal.removedBy(ada, 2)
	cat.check(cat.Receive(t.Context(), slices.Concat(ada.batches(ada.Logs()[0], 0))))
	malLog := mal.dataLog()
	if err := cat.Receive(t.Context(), mal.batches(malLog, 0)); fault.KindOf(err) != fault.Denied {
		t.Errorf("what is beyond the cut comes to a replica that knows it: %v, want a fault Denied", err)
	}
	cat.check(cat.Receive(t.Context(), mal.batches(malLog, 0)[:2]))
	for _, from := range []*node{ada, ben} {
		for _, to := range []*node{ben, ada, cat, mal} {
			for _, log := range from.Logs() {
				if log != malLog && to != from {
					to.check(to.Receive(t.Context(), from.batches(log, to.Heads()[log].Next)))
				}
			}
		}
	}
	for i, n := range all {
		if got := n.title(name); got != "by Mal" {
			t.Errorf("node %d: title = %q, want the last one before the cut", i, got)
		}
		if _, err := n.Doc(void); fault.KindOf(err) != fault.NotFound {
			t.Errorf("node %d: the document made beyond the cut: %v, want it not to be there", i, err)
		}
		if stalls := n.Stalls(); len(stalls) > 0 {
			t.Errorf("node %d waits: %+v", i, stalls)
		}
		n.sound()
		same(t, ada, n)
	}
	// What Ben writes from now on does not wait for what is void.
	ben.insert(name, 0, "Ben again. ")
	ada.pull(ben)
	d, err := ada.Doc(name)
	ada.check(err)
	if got, want := d.Text(proseField), "Ben again. Ada begins. Mal stays. "; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	for _, n := range []*node{ada, ben} {
		n.reopen()
		n.sound()
		same(t, ada, n)
	}
	if err := mal.rename(name, "from outside"); fault.KindOf(err) != fault.Denied {
		t.Errorf("a write of the removed device: %v, want a fault Denied", err)
	}
}

// TestARemovalBeforeACrashIsCarriedOutAtOpen stores the removal, as a kill
// between its append and the folding anew would leave it.
func TestARemovalBeforeACrashIsCarriedOutAtOpen(t *testing.T) {
	ada := found(t, 1)
	mal := join(t, 2, ada, member.Contributor)
	name := mal.create("stays")
	mal.check(mal.rename(name, "is void"))
	ada.pull(mal)
	witness := join(t, 3, ada, member.Viewer)

	control := ada.Logs()[0]
	b := ada.seals(control, mal.removedBy(nil, 1))
	ada.reopen(func(d *disk.Disk) {
		ada.check(d.Append([]disk.Entry{{Log: control, First: b.First, Count: b.Count, Control: true, Hash: b.Hash, Raw: b.Raw}}))
	})
	if got := ada.title(name); got != "stays" {
		t.Errorf("title = %q, want the one before the cut", got)
	}
	ada.sound()
	witness.pull(ada)
	same(t, ada, witness)
}

// seals returns the batch that n's next act will be.
func (n *node) seals(log id.Log, acts ...member.Act) oplog.Batch {
	n.t.Helper()
	b, err := oplog.Seal(n.Members().Draft(log, acts, 1<<50), n.config.Key)
	n.check(err)
	return b
}

// TestRightsChangeWithinAGroup: what was written after a demotion in the same
// group must be refused, not acknowledged and void.
func TestRightsChangeWithinAGroup(t *testing.T) {
	ada := found(t, 1)
	boss := join(t, 2, ada, member.Admin)
	ada.pull(boss)
	name := ada.create("before")
	boss.pull(ada)
	boss.act(member.SetRole{Person: ada.person, Role: member.Viewer, Cut: cutAt(ada.dataLog(), 1)})
	var demotion [][]byte
	for _, log := range boss.Logs() {
		if log.Device == boss.Device().Short() {
			demotion = append(demotion, boss.batches(log, 0)...)
		}
	}
	release := ada.hold()
	received, wrote := make(chan error, 1), make(chan error, 1)
	go func() { received <- ada.Receive(t.Context(), demotion) }()
	ada.queued(1)
	go func() { wrote <- ada.rename(name, "after") }()
	ada.queued(2)
	release()
	ada.check(<-received)
	if err := <-wrote; fault.KindOf(err) != fault.Denied {
		t.Errorf("a write behind the demotion: %v, want a fault Denied", err)
	}
	if got := ada.title(name); got != "before" {
		t.Errorf("title = %q, want it as before", got)
	}
	ada.sound()
}

func TestPromotionBringsBackWhatADemotionVoided(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	name := ben.create("by Ben")
	ada.pull(ben)
	ada.act(member.SetRole{Person: ben.person, Role: member.Viewer}) // and no cut: all of it is void
	if _, err := ada.Doc(name); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the document of a viewer: %v, want it not to be there", err)
	}
	ada.act(member.SetRole{Person: ben.person, Role: member.Contributor})
	if got := ada.title(name); got != "by Ben" {
		t.Errorf("title = %q, want it back", got)
	}
	ada.sound()
	ben.pull(ada)
	same(t, ada, ben)
}

func TestActsThatWouldHaveNoEffectAreRefused(t *testing.T) {
	ada := found(t, 1)
	ben := join(t, 2, ada, member.Contributor)
	before := ada.Heads()
	if err := ada.Act(t.Context(), member.AddPerson{Person: ben.person, Role: member.Viewer}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("admitting somebody twice: %v, want a fault Conflict", err)
	}
	if err := ada.Act(t.Context(), member.Genesis{Person: ada.person, Key: ada.public()}); err == nil {
		t.Error("founding the workspace twice went through")
	}
	if err := ben.Act(t.Context(), member.SetRole{Person: ben.person, Role: member.Admin}); fault.KindOf(err) != fault.Denied {
		t.Errorf("a contributor who makes an admin: %v, want a fault Denied", err)
	}
	if !before.Covers(ada.Heads()) {
		t.Error("a refused act is stored")
	}
	if err := start(t, 9).Act(t.Context(), member.AddPerson{}); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("an act without a workspace: %v, want a fault Unavailable", err)
	}
}

func TestAFailedActLeavesTheMembershipAsItIsStored(t *testing.T) {
	ada := found(t, 1)
	key := newKey(t, newSeeded(5))
	person := id.Person{15: 5}
	public := publicOf(key)
	for _, stored := range []int{0, 1} {
		ada.check(ada.TestOnlyAppend(t.Context(), func(group []disk.Entry) error {
			return errors.Join(ada.disk.Append(group[:stored]), errBroken)
		}))
		err := ada.Act(t.Context(), member.AddPerson{Person: person, Role: member.Viewer}, member.AddDevice{Person: person, Key: public})
		if !errors.Is(err, errBroken) {
			t.Errorf("Act = %v, want the error of the disk", err)
		}
		ada.check(ada.TestOnlyAppend(t.Context(), nil))
		if _, known := ada.Members().Device(id.DeviceOf(public).Short()); known != (stored == 1) {
			t.Errorf("with %d batches stored: the device is known: %v", stored, known)
		}
	}
	ada.act(member.AddPerson{Person: id.Person{15: 6}, Role: member.Viewer})
	ada.sound()
}

// TestLogsComeInAnOrderInWhichTheyCanBeTakenIn: each admin is admitted in the
// log of the one before.
func TestLogsComeInAnOrderInWhichTheyCanBeTakenIn(t *testing.T) {
	chain := []*node{found(t, 1)}
	for seed := range uint64(5) {
		chain = append(chain, join(t, seed+2, chain[len(chain)-1], member.Admin))
	}
	last := chain[len(chain)-1]
	last.act(member.AddPerson{Person: id.Person{15: 99}, Role: member.Viewer})
	last.create("by the last")
	fresh := start(t, 50)
	fresh.check(fresh.Belong(t.Context(), last.Workspace()))
	fresh.pull(last)
	same(t, last, fresh)
}

func TestTheFoundingMayComeOnlyFromTheRightWorkspace(t *testing.T) {
	ada, other := found(t, 1), found(t, 2)
	fresh := start(t, 3)
	if err := fresh.Write(t.Context(), makeOne); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a write without a workspace: %v, want a fault Unavailable", err)
	}
	fresh.check(fresh.Belong(t.Context(), ada.Workspace()))
	if err := fresh.Receive(t.Context(), other.batches(other.Logs()[0], 0)); fault.KindOf(err) != fault.Denied {
		t.Errorf("the founding of another workspace: %v, want a fault Denied", err)
	}
	fresh.pull(ada)
	if err := fresh.Belong(t.Context(), other.Workspace()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("belonging to another workspace: %v, want a fault Conflict", err)
	}
	same(t, ada, fresh)
}

// makeOne makes a document without fields.
func makeOne(tx *journal.Tx) error {
	d, err := tx.New()
	if err != nil {
		return err
	}
	return tx.Apply(d, noun.Requirements.Number, d.Restore())
}
