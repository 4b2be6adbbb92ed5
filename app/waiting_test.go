package app_test

import (
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// TestStatusSaysWhatWaitsAndWhy has one teammate's changes wait for each of the
// reasons.
func TestStatusSaysWhatWaitsAndWhy(t *testing.T) {
	public, key, err := ed25519.GenerateKey(apptest.NewRandom(7))
	if err != nil {
		t.Fatal(err)
	}
	log := id.Log{Device: id.DeviceOf(public).Short(), Incarnation: 1}
	for reason, c := range map[string]struct {
		spoil func(*oplog.Draft)
		says  string
	}{
		"newer":   {func(d *oplog.Draft) { d.Level = oplog.Level + 1 }, "Changes by Ben need a later version of Cairn."},
		"future":  {func(d *oplog.Draft) { d.Ops[0].Stamp = clock.StampOf(apptest.Start.Add(time.Hour)) }, "Changes by Ben are dated 2026-03-02 10:00, in the future"},
		"missing": {func(d *oplog.Draft) { d.Deps = []oplog.Dep{{Log: id.Log{Device: 1, Incarnation: 1}, Next: 1}} }, "Changes by Ben build on some by unknown that have not come here yet."},
	} {
		t.Run(reason, func(t *testing.T) {
			ada := apptest.Found(t, 1)
			if _, err := ada.AdmitPerson(t.Context(), "Ben", member.Contributor, public); err != nil {
				t.Fatal(err)
			}
			draft := oplog.Draft{
				Workspace: ada.Journal().Workspace().Prefix(), Log: log, Level: oplog.Level,
				Ops: []oplog.Op{{
					Stamp: clock.StampOf(apptest.Start), Doc: id.Doc{1}, Noun: noun.Projects.Number,
					Kind: doc.KindLife, Payload: doc.Bool(false).Append(nil),
				}},
			}
			c.spoil(&draft)
			b, err := oplog.Seal(draft, key)
			if err != nil {
				t.Fatal(err)
			}
			if err := ada.Journal().Receive(t.Context(), [][]byte{b.Raw}); err != nil {
				t.Fatal(err)
			}
			waiting := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Waiting
			if len(waiting) != 1 || waiting[0].Reason != reason || !strings.Contains(waiting[0].Sentence, c.says) {
				t.Errorf("waiting = %+v, want %s: %s", waiting, reason, c.says)
			}
		})
	}
}
