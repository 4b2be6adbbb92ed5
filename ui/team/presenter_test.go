package team_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/ui/shell"
	"cairn/ui/team"
	"cairn/ui/team/teamtest"
)

func loaded(t *testing.T, d *teamtest.Team) *team.Presenter {
	t.Helper()
	p := team.NewPresenter(d, d.Deeds(), teamtest.Now)
	p.Load(t.Context())
	return p
}

func find(t *testing.T, v team.View, device string) team.LaptopRow {
	t.Helper()
	for _, m := range v.Members {
		for _, l := range m.Laptops {
			if l.Device == device {
				return l
			}
		}
	}
	t.Fatalf("no laptop %s", device)
	return team.LaptopRow{}
}

func TestALaptopSaysHowItStands(t *testing.T) {
	d := teamtest.Three("en")
	say := func(change func(*team.Laptop)) team.LaptopRow {
		l := d.Members[1].Laptops[0]
		change(&l)
		d.Members[1].Laptops = []team.Laptop{l}
		return find(t, loaded(t, d).State.Get(), "l2")
	}
	for _, tt := range []struct {
		change func(*team.Laptop)
		want   string
	}{
		{func(l *team.Laptop) { l.Address = "" }, "Up to date"},
		{func(l *team.Laptop) { l.Behind, l.BehindBytes, l.Ahead = 1204, 310_400, 3 }, "Receiving 1,204 changes, about 310 kB · Sending 3 changes"},
		{func(l *team.Laptop) { l.BehindBytes, l.Ahead = 0, 0 }, "Receiving 1,204 changes"},
		{func(l *team.Laptop) { l.Known = false }, "Comparing what each has"},
		{func(l *team.Laptop) {
			l.State, l.Known, l.Behind, l.Ahead, l.LastSeen = team.Away, true, 0, 12, teamtest.Clock.Add(-3*time.Hour)
		}, "Last contact 3 h ago · 12 changes wait for it here"},
		{func(l *team.Laptop) { l.LastSeen, l.Known = time.Time{}, false }, "No contact from here yet"},
		{func(l *team.Laptop) { l.State = team.Removed }, "Can no longer see new work; keeps what it already has."},
	} {
		if got := say(tt.change).Line; got != tt.want {
			t.Errorf("line %q, want %q", got, tt.want)
		}
	}
}

func TestAClockIsSaidToGoWrongFromAMinuteOn(t *testing.T) {
	d := teamtest.Three("en")
	for off, want := range map[time.Duration]string{
		60 * time.Second:  "",
		-60 * time.Second: "",
		61 * time.Second:  "Its clock is 1 min ahead",
		-5 * time.Minute:  "Its clock is 5 min behind",
		26 * time.Hour:    "Its clock is 26 h ahead",
	} {
		d.Members[1].Laptops[0].ClockAhead = off
		if got := find(t, loaded(t, d).State.Get(), "l2").Clock; !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", off, got, want)
		}
	}
}

func TestWhatMayBeDoneFollowsTheRight(t *testing.T) {
	d := teamtest.Three("en")
	v := loaded(t, d).State.Get()
	if me, bo := v.Members[0], v.Members[1]; me.MaySet || me.MayRemove || !me.MayAdd || !bo.MaySet || !bo.MayRemove || bo.MayAdd {
		t.Errorf("an admin, who is the only one: %+v and %+v", me, bo)
	}
	if l := find(t, v, "l1"); !l.MayRename || l.MayRemove {
		t.Errorf("this laptop: %+v", l)
	}
	if l := find(t, v, "l2"); !l.MayRename || !l.MayRemove {
		t.Errorf("a laptop of somebody else: %+v", l)
	}
	d.Members[0].Right = team.Approver
	v = loaded(t, d).State.Get()
	if me, bo := v.Members[0], v.Members[1]; me.MaySet || bo.MaySet || bo.MayRemove || !me.MayAdd || v.MayInvite() {
		t.Errorf("an approver: %+v and %+v, may invite %v", me, bo, v.MayInvite())
	}
	if l := find(t, v, "l2"); l.MayRename || l.MayRemove {
		t.Errorf("a laptop of somebody else: %+v", l)
	}
	d.Members[0].Right, d.Members[1].Right = team.Admin, team.Admin
	if v = loaded(t, d).State.Get(); !v.Members[0].MaySet {
		t.Error("one of two admins can't give the right up")
	}
}

func TestOnlyInvitesThatLetSomebodyInAreOpen(t *testing.T) {
	v := loaded(t, teamtest.Twelve("en")).State.Get()
	var titles []string
	for _, i := range v.Invites {
		titles = append(titles, i.Title+", "+i.Line)
	}
	want := []string{"New person · Contributor, Expires in 23 h · made by Ada Lovelace", "Another laptop of Ada Lovelace, Expires in 6 days · made by Ada Lovelace"}
	if !slices.Equal(titles, want) {
		t.Errorf("open: %q, want %q", titles, want)
	}
}

func TestALaptopOfOnesOwnMayBeWithdrawnWithoutBeingAnAdmin(t *testing.T) {
	d := teamtest.Twelve("en")
	d.Members[0].Right, d.Members[1].Right = team.Contributor, team.Admin
	v := loaded(t, d).State.Get()
	if v.Invites[0].MayWithdraw || !v.Invites[1].MayWithdraw {
		t.Errorf("invites %+v", v.Invites)
	}
}

func TestAnAddressIsTried(t *testing.T) {
	d := teamtest.Three("en")
	p := loaded(t, d)
	if err := p.AddAddress(t.Context(), "host 5758"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("what is no address: %v", err)
	}
	for _, good := range []string{" 192.168.1.20:5758 ", "[fd00::1]:5758", "build.example:1", "nats://relay.example"} {
		if err := p.AddAddress(t.Context(), good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	if want := []string{"192.168.1.20:5758", "[fd00::1]:5758", "build.example:1", "nats://relay.example"}; !slices.Equal(p.State.Get().Network.Addresses, want) {
		t.Errorf("addresses %q, want %q", p.State.Get().Network.Addresses, want)
	}
}

func TestALaptopKeepsAName(t *testing.T) {
	d := teamtest.Three("en")
	p := loaded(t, d)
	if err := p.RenameLaptop(t.Context(), "l1", "  "); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an empty name: %v", err)
	}
	if err := p.RenameLaptop(t.Context(), "l1", " desk "); err != nil || p.State.Get().Network.This != "desk" {
		t.Errorf("%v, it is called %q", err, p.State.Get().Network.This)
	}
}

func TestAnInviteIsFollowedUntilSomebodyJoins(t *testing.T) {
	d := teamtest.Three("en")
	p := loaded(t, d)
	p.Begin()
	p.Invite(t.Context(), team.Ask{Right: team.Viewer, Holds: time.Hour})
	s := p.State.Get().Sheet
	if s.Link == nil || s.Lets != "Lets one person in as Viewer. Reads everything in the workspace and changes nothing." || s.Holds != "Works once, and expires in 1 h." || s.Joined != "" || s.Void != "" {
		t.Fatalf("the sheet: %+v", s)
	}
	if !slices.Contains(d.Did, "invite viewer 1h0m0s") {
		t.Errorf("did %q", d.Did)
	}
	d.Become(s.Link.ID, team.Invite{State: team.Used, UsedBy: "Dana"})
	p.Load(t.Context())
	if got := p.State.Get().Sheet.Joined; got != "Dana has joined" {
		t.Errorf("joined: %q", got)
	}
	p.Begin()
	if got := p.State.Get().Sheet; got.Link != nil {
		t.Error("the link stays in memory")
	}
}

func TestAnInviteThatIsWithdrawnSaysSo(t *testing.T) {
	d := teamtest.Three("en")
	p := loaded(t, d)
	p.Invite(t.Context(), team.Ask{Right: team.Viewer, Holds: time.Hour})
	if err := p.Withdraw(t.Context(), "i9"); err != nil {
		t.Fatal(err)
	}
	if s := p.State.Get().Sheet; s.Void != "The invite was withdrawn. Make another." {
		t.Errorf("the sheet: %+v", s)
	}
}

func TestAnInviteThatExpiresSaysSo(t *testing.T) {
	d := teamtest.Three("en")
	at := teamtest.Clock
	p := team.NewPresenter(d, d.Deeds(), func() time.Time { return at })
	p.Load(t.Context())
	p.Invite(t.Context(), team.Ask{Right: team.Viewer, Holds: time.Hour})
	at = at.Add(time.Hour)
	p.Refresh()
	if v := p.State.Get(); v.Sheet.Void != "The invite has expired. Make another." || len(v.Invites) != 0 {
		t.Errorf("the sheet: %+v, open %+v", v.Sheet, v.Invites)
	}
}

func TestAnInviteThatCannotBeMadeSaysWhy(t *testing.T) {
	d := teamtest.Three("en")
	p := loaded(t, d)
	d.Broken = fault.New(fault.Denied, "Only an administrator can change who is in the workspace.", "Ask an administrator of the workspace.")
	p.Invite(t.Context(), team.Ask{Right: team.Viewer, Holds: time.Hour})
	if s := p.State.Get().Sheet; s.Link != nil || s.Busy || !strings.HasPrefix(s.Problem, "Only an administrator") {
		t.Errorf("the sheet: %+v", s)
	}
}

func TestTheFrameIsToldTheTruth(t *testing.T) {
	for _, tt := range []struct {
		team *teamtest.Team
		want shell.Sync
	}{
		{teamtest.Alone("en"), shell.Sync{}},
		{teamtest.Three("en"), shell.Sync{Laptops: 2, Level: 2}},
		{teamtest.Receiving("en"), shell.Sync{Laptops: 2, Level: 1, Behind: 1204}},
		{teamtest.Offline("en"), shell.Sync{Laptops: 2, Away: 2, Offline: true}},
	} {
		if got := team.Line(loaded(t, tt.team)).Sync(); got != tt.want {
			t.Errorf("%+v, want %+v", got, tt.want)
		}
	}
}

func TestWhatIsReadLastShows(t *testing.T) {
	d := teamtest.Three("en")
	p := loaded(t, d)
	d.Broken = fault.New(fault.Offline, "Gone.", "")
	p.Load(t.Context())
	if v := p.State.Get(); v.Problem == "" || len(v.Members) != 3 {
		t.Errorf("problem %q over %d members", v.Problem, len(v.Members))
	}
	d.Broken = nil
	p.Load(t.Context())
	if v := p.State.Get(); v.Problem != "" {
		t.Errorf("the problem stays: %q", v.Problem)
	}
}
