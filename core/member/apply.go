package member

import (
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
)

// apply does a, which Check has let pass.
func (t *Table) apply(a Act) {
	switch a := a.(type) {
	case AddPerson:
		t.persons[a.Person] = Person{ID: a.Person, Role: a.Role}
	case AddDevice:
		device := id.DeviceOf(a.Key)
		t.devices[device.Short()] = Device{ID: device, Key: a.Key, Person: a.Person}
	case SetRole:
		t.persons[a.Person] = Person{ID: a.Person, Role: a.Role}
		t.cut(a.Cut)
	case RemoveDevice:
		t.remove(a.Device.Short())
		t.cut(a.Cut)
	case RemovePerson:
		t.persons[a.Person] = Person{ID: a.Person, Role: None}
		for short, d := range t.devices {
			if d.Person == a.Person {
				t.remove(short)
			}
		}
		t.cut(a.Cut)
	}
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
