package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"cairn/app/apptest"
	"cairn/core/member"
)

// TestMembersAreChangedOnTheCommandLine removes a member and a device in a
// folder whose team was made with other means.
func TestMembersAreChangedOnTheCommandLine(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Join(t, 3, ada, "은지", member.Viewer)
	device := ben.Device().String()
	if err := ada.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"member", "role", "은지", "approver"}, "은지 is approver now.\n"},
		{[]string{"device", "rename", device, "Ben's laptop"}, device[:7] + " is called Ben's laptop now.\n"},
		{[]string{"device", "remove", "Ben's laptop"}, "Ben's laptop of Ben is removed.\n"},
		{[]string{"member", "remove", "Ben"}, "Ben is removed: can no longer see new work, and keeps what was there already.\n"},
	} {
		if got := answered(t, append(c.args, "--data", ada.Options.Dir)...); got != c.want {
			t.Errorf("%v prints %q, want %q", c.args, got, c.want)
		}
	}
	if got := answered(t, "member", "list", "--data", ada.Options.Dir); strings.Contains(got, "Ben") || !strings.Contains(got, "은지") {
		t.Errorf("member list prints:\n%s", got)
	}
	if got := answered(t, "device", "list", "--data", ada.Options.Dir); strings.Contains(got, device[:7]) {
		t.Errorf("device list prints a removed device:\n%s", got)
	}
	if got := answered(t, "device", "list", "--removed", "--data", ada.Options.Dir); !strings.Contains(got, device[:7]) || !strings.Contains(got, "removed") {
		t.Errorf("device list --removed prints:\n%s", got)
	}
	var out, complaints bytes.Buffer
	if status := run([]string{"member", "remove", "Ben", "--data", ada.Options.Dir}, strings.NewReader(""), &out, &complaints, time.Now); status != exitFail {
		t.Errorf("removed again: exit status %d, %s", status, complaints.String())
	}
}
