package member

import (
	"crypto/ed25519"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
)

// apply does a, which Check has let pass for the device by.
func (t *Table) apply(by id.ShortDevice, a Act) {
	switch a := a.(type) {
	case AddPerson:
		t.setRole(a.Person, a.Role)
	case AddDevice:
		t.addDevice(a.Person, a.Key)
	case SetRole:
		t.setRole(a.Person, a.Role)
		t.cut(a.Cut)
	case RemoveDevice:
		t.remove(a.Device.Short())
		t.cut(a.Cut)
	case RemovePerson:
		t.setRole(a.Person, None)
		for short, d := range t.devices {
			if d.Person == a.Person {
				t.remove(short)
			}
		}
		t.cut(a.Cut)
	case Invite:
		t.invites = append(t.invites, InviteState{Invite: a, By: by})
	case Withdraw:
		t.invites[t.findInvite(a.Invite)].Status = InviteWithdrawn
	case Admit:
		t.applyAdmit(a)
	case Rotate:
		t.rotate(by, a, false)
	case Share:
		t.share(by, a, false)
	}
}

// setRole changes what a person may do. An administrator gets a rank that is
// kept for as long as the person stays one.
func (t *Table) setRole(person id.Person, role Role) {
	switch {
	case role != Admin:
		delete(t.ranks, person)
	case t.Role(person) != Admin:
		t.ranks[person] = t.ranked
		t.ranked++
	}
	t.persons[person] = Person{ID: person, Role: role}
}

func (t *Table) addDevice(person id.Person, key ed25519.PublicKey) {
	device := id.DeviceOf(key)
	t.devices[device.Short()] = Device{ID: device, Key: key, Person: person, Added: t.now}
}

func (t *Table) applyAdmit(a Admit) {
	i := &t.invites[t.findInvite(a.Invite)]
	i.Status, i.Device, i.Admitted = InviteUsed, id.DeviceOf(a.Device), a.Person
	if i.Person.IsZero() {
		t.setRole(a.Person, i.Role)
	}
	t.addDevice(a.Person, a.Device)
}

func (t *Table) remove(short id.ShortDevice) {
	d := t.devices[short]
	d.Removed = true
	t.devices[short] = d
}

// cut ends logs. One that is cut already stays as it is: what it was written
// without the right to must not come back by a later, wider cut.
func (t *Table) cut(cut []oplog.Dep) {
	for _, c := range cut {
		d := t.devices[c.Log.Device]
		at, found := slices.BinarySearchFunc(d.Cut, c.Log, func(d oplog.Dep, log id.Log) int { return d.Log.Compare(log) })
		if !found {
			// A device given out by a table does not change, so neither may the
			// slice in it.
			d.Cut = slices.Insert(slices.Clone(d.Cut), at, c)
			t.devices[c.Log.Device] = d
		}
	}
}
