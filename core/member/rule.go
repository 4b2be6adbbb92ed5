package member

import (
	"crypto/ed25519"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Check returns nil if the device may do a now, and otherwise a fault that
// says why a would be void. Evaluate judges by the same rule.
func (t *Table) Check(by id.ShortDevice, a Act) error {
	if err := t.mayFor(by, t.concerns(by, a)); err != nil {
		return err
	}
	switch a := a.(type) {
	case Genesis:
		return fault.New(fault.Conflict, "The workspace is founded already.", "")
	case AddPerson:
		return t.checkAddPerson(a)
	case AddDevice:
		return t.checkAddDevice(a)
	case SetRole:
		return t.checkSetRole(a)
	case RemoveDevice:
		return t.checkRemoveDevice(a)
	case RemovePerson:
		return t.checkRemovePerson(a)
	case Invite:
		return t.checkInvite(a)
	case Withdraw:
		return t.checkWithdraw(a)
	case Admit:
		return t.checkAdmit(a)
	case Rotate:
		return t.checkRotate(a)
	case Share:
		return t.checkEnvelopes(a.Key, a.Envelopes)
	}
	return fault.New(fault.Invalid, "This is no change of the membership.", "")
}

// concerns returns the person whose own matter a is when the device by does it:
// that person may do a without being an administrator. It is nobody for what
// only administrators do.
func (t *Table) concerns(by id.ShortDevice, a Act) id.Person {
	switch a := a.(type) {
	case AddDevice:
		return a.Person
	case RemoveDevice:
		if d, known := t.devices[a.Device.Short()]; known && d.ID == a.Device {
			return d.Person
		}
	case Invite:
		return a.Person
	case Withdraw:
		return t.invitedPerson(a.Invite)
	case Admit:
		return t.invitedPerson(a.Invite)
	case Share:
		return t.ownerOf(a.Envelopes)
	case Rotate:
		// Whoever removes a device of their own makes the key that it lacks.
		if t.KeyDue() {
			return t.devices[by].Person
		}
	}
	return id.Person{}
}

// mayFor returns nil if a device may act in what concerns a person, nobody for
// what only an administrator may do, and otherwise a fault.Denied.
func (t *Table) mayFor(by id.ShortDevice, person id.Person) error {
	if d, known := t.devices[by]; known && !d.Removed && !person.IsZero() && d.Person == person {
		return nil
	}
	return t.MayAdmin(by)
}

func (t *Table) checkAddPerson(a AddPerson) error {
	switch {
	case a.Person.IsZero():
		return fault.New(fault.Invalid, "A member needs a name of its own.", "")
	case !a.Role.Valid():
		return noSuchRole()
	case t.Role(a.Person) != None:
		return fault.New(fault.Conflict, "This person is a member already.", "Change the role instead.")
	}
	return nil
}

func (t *Table) checkAddDevice(a AddDevice) error {
	if t.Role(a.Person) == None && len(a.Key) == ed25519.PublicKeySize {
		return noSuchPerson()
	}
	return t.checkNewKey(a.Key)
}

// checkNewKey refuses a key that cannot become a device.
func (t *Table) checkNewKey(key ed25519.PublicKey) error {
	if len(key) != ed25519.PublicKeySize {
		return fault.New(fault.Invalid, "This is no key of a device.", "")
	}
	device := id.DeviceOf(key)
	known, taken := t.devices[device.Short()]
	switch {
	case !taken:
		return nil
	case known.ID != device:
		return fault.New(fault.Conflict, "Another device of the workspace has the same short name.",
			"Give the device a new key.")
	case known.Removed:
		return fault.New(fault.Conflict, "This device was removed from the workspace and cannot come back.",
			"Give the device a new key.")
	}
	return fault.New(fault.Conflict, "This device is a member already.", "")
}

func (t *Table) checkSetRole(a SetRole) error {
	switch {
	case !a.Role.Valid():
		return noSuchRole()
	case t.Role(a.Person) == None:
		return noSuchPerson()
	case a.Role >= Contributor && len(a.Cut) > 0:
		return fault.New(fault.Invalid, "Only a role without the right to write comes with a cut.", "")
	case a.Role < Admin && !t.hasAdminBeside(a.Person, id.Device{}):
		return lastAdmin()
	}
	return t.checkCut(a.Cut, a.Person)
}

func (t *Table) checkRemoveDevice(a RemoveDevice) error {
	device, known := t.devices[a.Device.Short()]
	switch {
	case !known || device.ID != a.Device:
		return fault.New(fault.NotFound, "This device is not a member of the workspace.", "")
	case device.Removed:
		return fault.New(fault.Conflict, "This device is removed already.", "")
	case !t.hasAdminBeside(id.Person{}, a.Device):
		return lastAdmin()
	}
	for _, d := range a.Cut {
		if d.Log.Device != a.Device.Short() {
			return foreignCut()
		}
	}
	return checkCutForm(a.Cut)
}

func (t *Table) checkRemovePerson(a RemovePerson) error {
	switch {
	case t.Role(a.Person) == None:
		return noSuchPerson()
	case !t.hasAdminBeside(a.Person, id.Device{}):
		return lastAdmin()
	}
	return t.checkCut(a.Cut, a.Person)
}

// checkCut refuses a cut through a log that is not of one of person's devices.
func (t *Table) checkCut(cut []oplog.Dep, person id.Person) error {
	for _, d := range cut {
		if device, known := t.devices[d.Log.Device]; !known || device.Person != person {
			return foreignCut()
		}
	}
	return checkCutForm(cut)
}

// checkCutForm refuses what Decode would not read back.
func checkCutForm(cut []oplog.Dep) error {
	if err := oplog.CheckDeps(cut, MaxCut); err != nil {
		return fault.Wrap(err, fault.Invalid, "This cut is out of order or too long.", "")
	}
	return nil
}

// hasAdminBeside reports whether somebody could still write acts without a
// person and a device, either of which may be nobody.
func (t *Table) hasAdminBeside(person id.Person, device id.Device) bool {
	for _, d := range t.devices {
		if !d.Removed && d.Person != person && d.ID != device && t.Role(d.Person) == Admin {
			return true
		}
	}
	return false
}

func noSuchRole() error {
	return fault.New(fault.Invalid, "There is no such role.", "The roles are viewer, contributor, approver and admin.")
}

func noSuchPerson() error {
	return fault.New(fault.NotFound, "This person is not a member of the workspace.", "Admit the person first.")
}

func lastAdmin() error {
	return fault.New(fault.Conflict, "A workspace needs an administrator with a device, and this is the last.",
		"Make somebody else an administrator first.")
}

func foreignCut() error {
	return fault.New(fault.Invalid, "This cut goes through the log of somebody else.", "")
}
