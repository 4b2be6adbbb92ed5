package app_test

import (
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
)

// TestPeopleLookAfterTheirDevices has people who are no administrators bring a
// second device in, and lose the first.
func TestPeopleLookAfterTheirDevices(t *testing.T) {
	for _, role := range []member.Role{member.Viewer, member.Contributor} {
		t.Run(role.String(), func(t *testing.T) {
			ada := apptest.Found(t, 1)
			ben := apptest.Join(t, 2, ada, "Ben", role)
			if _, err := app.MakeInvite.Do(t.Context(), ben.App, app.MakeInviteRequest{}); fault.KindOf(err) != fault.Denied {
				t.Errorf("Ben invites somebody: %v, want denied", err)
			}
			if _, err := app.MakeInvite.Do(t.Context(), ben.App, app.MakeInviteRequest{Member: "Ada"}); fault.KindOf(err) != fault.Denied {
				t.Errorf("Ben invites a device of Ada's: %v, want denied", err)
			}
			made := invite(ben, app.MakeInviteRequest{Member: "Ben"})
			if made.Right != role.String() || made.Member != "Ben" {
				t.Errorf("invite = %+v, want one for a device of Ben", made)
			}
			second := come(t, 3, ben, made).join(t, ben, "", "Ben's new laptop")
			apptest.Settle(ada, ben, second)
			if you := apptest.Do(second, app.GetStatus, app.StatusRequest{}).Person; you.Name != "Ben" || you.Right != role.String() {
				t.Errorf("the second device is of %+v, want Ben", you)
			}

			gone := apptest.Do(second, app.RemoveDevice, app.DeviceRequest{Device: ben.Device().String()})
			if !gone.Removed || gone.Owner != "Ben" {
				t.Errorf("removed %+v, want the first of Ben's", gone)
			}
			apptest.Settle(ada, ben, second)
			if _, ok := ben.Ring().Current(); ok {
				t.Error("the lost device opens the current key")
			}
			for name, n := range map[string]*apptest.Node{"ada": ada, "second": second} {
				if keys, err := n.SealKeys(); err != nil || len(keys) != 2 {
					t.Errorf("%s has %d keys, %v, want two", name, len(keys), err)
				}
			}
			if m := memberCalled(t, ada, "Ben"); m.Devices != 1 || len(m.Machines) != 2 || !m.Machines[0].Removed || m.Machines[1].Removed {
				t.Errorf("Ben is %+v, want one device of two left", m)
			}
			list := apptest.Do(ada, app.ListDevices, app.ListDevicesRequest{})
			all := apptest.Do(ada, app.ListDevices, app.ListDevicesRequest{Removed: true})
			if len(list) != 2 || len(all) != 3 {
				t.Errorf("%d devices, %d with removed ones, want 2 and 3", len(list), len(all))
			}
		})
	}
}

func TestDevicesHaveNames(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	laptop := apptest.Do(ada, app.RenameDevice, app.RenameDeviceRequest{Device: "this", Name: " Ada's laptop "})
	if laptop.Name != "Ada's laptop" || !laptop.This || laptop.Owner != "Ada" {
		t.Errorf("renamed %+v, want Ada's laptop", laptop)
	}
	apptest.Settle(ada, ben)
	again := apptest.Do(ben, app.RenameDevice, app.RenameDeviceRequest{Device: "ada's LAPTOP", Name: "Ada's old laptop"})
	if again.Device != laptop.Device || again.Name != "Ada's old laptop" {
		t.Errorf("renamed %+v, want the same device", again)
	}
	short := apptest.Do(ada, app.RenameDevice, app.RenameDeviceRequest{Device: ben.Device().Short().String()[:6], Name: "Ada's old laptop"})
	if short.Device != ben.Device() {
		t.Errorf("renamed %+v, want Ben's device", short)
	}
	apptest.Settle(ada, ben)
	_, err := app.RemoveDevice.Do(t.Context(), ada.App, app.DeviceRequest{Device: "Ada's old laptop"})
	if fault.KindOf(err) != fault.Conflict {
		t.Errorf("a name of two devices: %v, want a conflict", err)
	}
	if stateHash(ada) != stateHash(ben) {
		t.Error("the state hashes differ")
	}
}

func TestFounderNamesTheDevice(t *testing.T) {
	o := apptest.Found(t, 1).Options
	o.Dir = t.TempDir()
	a, err := app.Create(t.Context(), o, app.Founding{Workspace: "Acme", Person: "Ada", Device: "Ada's laptop"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	list, err := app.ListDevices.Do(t.Context(), a, app.ListDevicesRequest{})
	if err != nil || len(list) != 1 || list[0].Name != "Ada's laptop" || list[0].Platform == "" {
		t.Errorf("devices = %+v, %v, want Ada's laptop", list, err)
	}
}
