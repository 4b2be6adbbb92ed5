package app_test

import (
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
)

// TestALinkIsReadWithoutANetwork reads one where its workspace is, and elsewhere.
func TestALinkIsReadWithoutANetwork(t *testing.T) {
	ada := apptest.Found(t, 1)
	made := apptest.Do(ada, app.MakeInvite, app.MakeInviteRequest{Right: "viewer", Hours: 2})
	req := app.ReadInviteRequest{Link: "Come in: " + made.Link}
	got := apptest.Do(ada, app.ReadInvite, req)
	if !got.Here || got.Person != "Ada" || got.Inviter != ada.Device() || got.Right != member.Viewer.String() || !got.Expires.Equal(made.Expires) || got.Expired {
		t.Errorf("where it is: %+v", got)
	}
	elsewhere := apptest.Found(t, 2)
	elsewhere.Clock.Advance(3 * time.Hour)
	got = apptest.Do(elsewhere, app.ReadInvite, req)
	if got.Here || got.Person != "" || got.Workspace != ada.Journal().Workspace() || !got.Expired {
		t.Errorf("elsewhere, later: %+v", got)
	}
	if _, err := app.ReadInvite.Do(t.Context(), ada.App, app.ReadInviteRequest{Link: made.Link[:60]}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a part of a link: %v", err)
	}
}
