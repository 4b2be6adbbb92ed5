package join_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cairn/core/fault"
	"cairn/ui/join"
	"cairn/ui/team/teamtest"
)

const link = "cairn://join/1/abc"

func presenter(d *teamtest.Door) *join.Presenter {
	p := join.NewPresenter(d, "Dana", "Dana’s laptop", teamtest.Now)
	p.Paste(link)
	return p
}

func TestALinkIsReadAtOnce(t *testing.T) {
	d := teamtest.NewDoor("en")
	p := join.NewPresenter(d, "", "desk", teamtest.Now)
	if v := p.State.Get(); v.Invite.Good || v.Wrong != "" || v.Laptop != "desk" {
		t.Errorf("before there is a link: %+v", v)
	}
	p.Paste(" cairn://join/1/\n  abc\n")
	v := p.State.Get()
	if c := v.Invite; !c.Good || c.Title != "Ada Lovelace invites you to Telco" || c.Expires != "Expires in 23 h" || !strings.HasPrefix(c.Lets, "You join as Contributor. Writes") {
		t.Errorf("the invite: %+v", c)
	}
	p.Paste("")
	if v := p.State.Get(); v.Invite.Good || v.Wrong != "" {
		t.Errorf("nothing is wrong with nothing: %+v", v)
	}
}

func TestWhatALinkDoesNotSayIsNotMadeUp(t *testing.T) {
	for _, tt := range []struct {
		invite join.Invitation
		title  string
	}{
		{join.Invitation{}, "You are invited to a workspace"},
		{join.Invitation{Workspace: "Telco"}, "You are invited to Telco"},
		{join.Invitation{Inviter: "Ada"}, "Ada invites you"},
		{join.Invitation{Further: true}, "Add this laptop to your workspace"},
		{join.Invitation{Further: true, Workspace: "Telco"}, "Add this laptop to Telco"},
	} {
		d := teamtest.NewDoor("en")
		tt.invite.Expires = teamtest.Clock.Add(time.Hour)
		d.Invitation = tt.invite
		if got := presenter(d).State.Get().Invite.Title; got != tt.title {
			t.Errorf("%+v: %q, want %q", tt.invite, got, tt.title)
		}
	}
}

func TestWhatIsWrongWithALinkIsOneSentenceAndWhatToDo(t *testing.T) {
	for why, want := range map[join.Why]string{
		join.NoLink:    "That is not an invite link. It begins with cairn://join/. Copy all of it from the message.",
		join.Cut:       "A part of the link is missing. Copy it again, from its beginning to its end.",
		join.NewerLink: "The link was made by a later version of Cairn. Update Cairn on this laptop, then use the link again.",
	} {
		d := teamtest.NewDoor("en")
		d.Wrong = &join.WayError{Why: why}
		p := presenter(d)
		if v := p.State.Get(); v.Wrong != want || v.Invite.Good {
			t.Errorf("%q, want %q", v.Wrong, want)
		}
		p.Join(t.Context(), false)
		if len(d.Asks) > 0 {
			t.Error("a wrong link is joined with")
		}
	}
}

func TestALinkThatExpiresOnThePageIsNotTried(t *testing.T) {
	d := teamtest.NewDoor("en")
	at := teamtest.Clock
	p := join.NewPresenter(d, "Dana", "desk", func() time.Time { return at })
	p.Paste(link)
	at = d.Invitation.Expires
	p.Join(t.Context(), false)
	if v := p.State.Get(); v.Wrong != "The invite has expired. Ask Ada Lovelace for a new link." || v.Stage != join.Pasting || len(d.Asks) > 0 {
		t.Errorf("%+v after %d attempts", v, len(d.Asks))
	}
}

func TestNamesAreAskedBesideTheirFields(t *testing.T) {
	d := teamtest.NewDoor("en")
	p := presenter(d)
	p.Type(" ", "")
	p.Join(t.Context(), false)
	if v := p.State.Get(); v.Problems["person"] == "" || v.Problems["laptop"] == "" || len(d.Asks) > 0 {
		t.Errorf("%+v", v)
	}
	d.Invitation.Further = true
	p.Paste(link)
	p.Type("", " desk ")
	p.Join(t.Context(), false)
	if want := []join.Ask{{Link: link, Laptop: "desk"}}; !slices.Equal(d.Asks, want) {
		t.Errorf("asked %+v, want %+v", d.Asks, want)
	}
}

func names(v join.View) []string {
	var out []string
	for _, s := range v.Steps {
		out = append(out, [...]string{"-", ">", "+", "!"}[s.State]+s.Name)
	}
	return out
}

func TestTheWayIsToldStepByStep(t *testing.T) {
	for _, tt := range []struct {
		at   join.Progress
		want []string
	}{
		{join.Progress{}, []string{">Finding Ada’s laptop", "-Asking to be let in", "-Receiving the workspace", "-Opening the workspace"}},
		{join.Progress{Step: join.Asking}, []string{"+Found Ada’s laptop", ">Asking to be let in", "-Receiving the workspace", "-Opening the workspace"}},
		{join.Progress{Step: join.Receiving}, []string{"+Found Ada’s laptop", "+You are let in", ">Receiving the workspace", "-Opening the workspace"}},
		{join.Progress{Step: join.Receiving, Done: 12_000, Total: 40_000}, []string{"+Found Ada’s laptop", "+You are let in", ">Receiving 12,000 of 40,000 changes", "-Opening the workspace"}},
		{join.Progress{Step: join.Opening}, []string{"+Found Ada’s laptop", "+You are let in", "+Received 40,000 changes", ">Opening the workspace"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := teamtest.NewDoor("en")
			d.Stays = true
			d.Way = []join.Progress{{}, tt.at}
			if tt.at.Step == join.Opening {
				d.Way = []join.Progress{{}, {Step: join.Receiving, Done: 40_000, Total: 40_000}, tt.at}
			}
			p := presenter(d)
			go p.Join(t.Context(), false)
			synctest.Wait()
			if got := names(p.State.Get()); !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
			p.Cancel()
			synctest.Wait()
			if v := p.State.Get(); v.Stage != join.Pasting || !v.Invite.Good {
				t.Errorf("after cancelling: %+v", v)
			}
		})
	}
}

func TestWhatComesAfterCancellingChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := teamtest.NewDoor("en")
		d.Stays = true
		p := presenter(d)
		go p.Join(t.Context(), false)
		synctest.Wait()
		p.Cancel()
		go p.Join(t.Context(), true) // before the first has ended
		synctest.Wait()
		v := p.State.Get()
		if v.Stage != join.Joining || !v.Waiting || len(d.Asks) != 2 || !d.Asks[1].Patient || v.Steps[0].Name != "Waiting for Ada’s laptop" {
			t.Errorf("%+v after %+v", v, d.Asks)
		}
		p.Cancel()
	})
}

func TestEveryFailureSaysWhatToDo(t *testing.T) {
	broke := []join.Progress{{Step: join.Receiving, Done: 12_000, Total: 40_000}}
	for _, tt := range []struct {
		err               error
		way               []join.Progress
		say               string
		again, wait, link bool
	}{
		{&join.WayError{Why: join.Expired}, nil, "The invite has expired. Ask Ada Lovelace for a new link.", false, false, true},
		{&join.WayError{Why: join.Used}, nil, "The invite has been used already; each lets one in. Ask Ada Lovelace for a new link.", false, false, true},
		{&join.WayError{Why: join.Withdrawn}, nil, "The invite was withdrawn. Ask Ada Lovelace for a new link.", false, false, true},
		{&join.WayError{Why: join.Refused}, nil, "Who made the invite may not invite any more. Ask another admin of the workspace for a link.", false, false, true},
		{&join.WayError{Why: join.OtherWorkspace}, nil, "The laptop that answers holds another workspace than the link is for. Ask Ada Lovelace for a new link.", false, false, true},
		{&join.WayError{Why: join.Unreachable}, nil, "Nobody answers who could let you in. Check that Ada’s laptop is on, has Cairn open, and is in the same network as this one.", true, true, false},
		{&join.WayError{Why: join.Broken}, broke, "The connection broke after 12,000 of 40,000 changes. What has arrived is kept; it goes on where it stopped.", true, true, false},
		{&join.WayError{Why: join.Versions}, nil, "This Cairn and the one on Ada’s laptop are of versions that don't understand each other. Update Cairn on both, then try again.", true, false, false},
		{&join.WayError{Why: join.Full}, broke, "There is no room left on this disk. Make room, then try again. What has arrived is kept.", true, false, false},
		{fault.New(fault.Locked, "Another process holds the folder.", "End it."), nil, "Another process holds the folder. End it.", true, false, true},
		{errors.New("a bug"), nil, "Something went wrong inside Cairn. Try again. If it happens again, open Cairn anew and report it.", true, false, true},
	} {
		d := teamtest.NewDoor("en")
		d.Fails, d.Way = tt.err, tt.way
		p := presenter(d)
		p.Join(t.Context(), false)
		v := p.State.Get()
		got := v.Trouble
		if v.Stage != join.Failed || got.Sentence+" "+got.Hint != tt.say || got.Again != tt.again || got.Wait != tt.wait || got.Link != tt.link {
			t.Errorf("%+v, want %q", got, tt.say)
		}
		stuck := slices.IndexFunc(v.Steps, func(s join.StepRow) bool { return s.State == join.Stuck })
		if want := len(tt.way) * int(join.Receiving); stuck != want {
			t.Errorf("%q is stuck at step %d, want %d", tt.say, stuck, want)
		}
		d.Fails = nil
		p.Join(t.Context(), false)
		if v := p.State.Get(); v.Stage != join.Done {
			t.Errorf("%q: to try again ends at %d", tt.say, v.Stage)
		}
	}
}
