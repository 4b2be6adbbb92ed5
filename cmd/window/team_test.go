package window

import (
	"crypto/ed25519"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/core/member"
	"cairn/sync/discovery"
	"cairn/ui/conflicts"
	"cairn/ui/join"
	"cairn/ui/shell"
	"cairn/ui/team"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// TestTheTeamIsKept goes through what can be done on the page, here and in another
// process.
func TestTheTeamIsKept(t *testing.T) {
	s, n := held(t)
	other := apptest.Join(t, 5, n, "Jisoo", member.Contributor)
	keepsTheTeam(t, s, n.Clock.Now, other.Device().String())

	s, n = held(t)
	other = apptest.Join(t, 5, n, "Jisoo", member.Contributor)
	server, err := node.Serve(t.Context(), n.App, "127.0.0.1:0", n.Options.Log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(t.Context()) })
	beside := &session{opts: s.opts}
	if err := beside.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	keepsTheTeam(t, beside, n.Clock.Now, other.Device().String())
}

func keepsTheTeam(t *testing.T, s *session, now func() time.Time, device string) {
	t.Helper()
	ctx := t.Context()
	m := mates{s}
	p := team.NewPresenter(m, m.deeds(), now)
	p.Load(ctx)
	row := func() team.MemberRow {
		for _, r := range p.State.Get().Members {
			if !r.You {
				return r
			}
		}
		return team.MemberRow{}
	}
	v := p.State.Get()
	if v.Problem != "" || len(v.Members) != 2 || v.Right != team.Admin || v.Truth.Laptops != 1 || v.Truth.Away != 1 {
		t.Fatalf("the team: %+v", v)
	}
	if got := row(); got.Name != "Jisoo" || len(got.Laptops) != 1 || got.Laptops[0].Name == "" || got.Laptops[0].State != team.Away {
		t.Errorf("a member: %+v", got)
	}
	for what, do := range map[string]func() error{
		"rename a laptop": func() error { return p.RenameLaptop(ctx, device, "Jisoo at home") },
		"change a right":  func() error { return p.SetRight(ctx, row().ID, team.Approver) },
		"add an address":  func() error { return p.AddAddress(ctx, "192.0.2.9:5758") },
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := row(); got.Right != team.Approver || got.Laptops[0].Name != "Jisoo at home" {
		t.Errorf("changed: %+v", got)
	}
	if got := p.State.Get().Network; len(got.Addresses) != 1 || got.Addresses[0] != "192.0.2.9:5758" || got.This == "" {
		t.Errorf("the network: %+v", got)
	}
	if err := p.ForgetAddress(ctx, "192.0.2.9:5758"); err != nil || len(p.State.Get().Network.Addresses) != 0 {
		t.Errorf("forget an address: %v", err)
	}
	if err := p.SyncNow(ctx); err == nil {
		t.Error("it looks for others without a network")
	}
	if err := p.RemoveLaptop(ctx, device); err != nil || !row().Laptops[0].Removed {
		t.Errorf("remove a laptop: %v", err)
	}
	if err := p.RemoveMember(ctx, row().ID); err != nil || len(p.State.Get().Members) != 1 {
		t.Errorf("remove a member: %v", err)
	}
	p.Invite(ctx, team.Ask{Holds: time.Hour, Member: p.State.Get().Members[0].ID})
	v = p.State.Get()
	if v.Sheet.Link == nil || v.Sheet.Link.Right != team.Admin || len(v.Invites) != 1 || v.Invites[0].Title != "Another laptop of Ada" {
		t.Errorf("a further laptop: %+v, %+v", v.Sheet, v.Invites)
	}
}

// TestWhatWasWrittenApartWaitsForADecision has two people write into fields of
// three sorts, and settles them on the page.
func TestWhatWasWrittenApartWaitsForADecision(t *testing.T) {
	s, n := held(t)
	ctx := t.Context()
	project, err := s.CreateProject(ctx, "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	docs := documents{s}
	requirement, err := docs.Create(ctx, project, kindRequirement, map[string]string{"title": "Recall", "comparison": ">=", "threshold": "0.8"})
	if err != nil {
		t.Fatal(err)
	}
	other := apptest.Join(t, 5, n, "Jisoo", member.Contributor)
	n.Clock.Advance(time.Minute)
	other.Clock.Advance(2 * time.Minute)
	mine := map[string]string{"threshold": "0.85", "comparison": ">"}
	if err := docs.Change(ctx, requirement, mine, nil); err != nil {
		t.Fatal(err)
	}
	apptest.Do(other, app.ChangeDoc, app.ChangeDocRequest{ID: requirement, Fields: map[string]string{"threshold": "0.9", "comparison": "="}})
	apptest.Do(other, app.SetField, app.SetFieldRequest{ID: project, Field: "name", Value: "Leavers"})
	if err := docs.Change(ctx, project, map[string]string{"name": "Keepers"}, nil); err != nil {
		t.Fatal(err)
	}
	apptest.Settle(n, other)

	p := conflicts.NewPresenter(rivals{docs}, &undo.Past{}, n.Clock.Now)
	p.Load(ctx)
	v := p.State.Get()
	if v.Problem != "" || v.Waiting != 3 {
		t.Fatalf("%d wait: %+v", v.Waiting, v)
	}
	p.Select(requirement + "/comparison")
	d := p.State.Get().Detail
	if d.Form != conflicts.Choice || len(d.Options) < 5 || d.Page != string(shell.Requirements) || d.Project != project || d.Title != "Recall" || d.Where != "Requirement · Leavers" {
		t.Errorf("a choice: %+v", d)
	}
	if got := d.Sides; len(got) != 2 || got[0].Name != "Jisoo" || !got[0].Shown || got[1].Name != "Ada (you)" {
		t.Errorf("whose: %+v", got)
	}
	p.Select(project + "/name")
	if got := p.State.Get().Detail; got.Page != string(shell.Overview) || got.Project != project {
		t.Errorf("the project's own: %+v", got)
	}
	p.Select(requirement + "/threshold")
	p.Choose(2)
	if _, err := p.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if holds, err := (rivals{docs}).Holds(ctx, requirement, "threshold"); err != nil || holds != "0.85" || p.State.Get().Waiting != 2 {
		t.Errorf("settled as %s, %v", holds, err)
	}
}

// TestReviewsSpeakTheLanguageThatIsChosen chooses one while something waits.
func TestReviewsSpeakTheLanguageThatIsChosen(t *testing.T) {
	_, n := held(t)
	project := apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Churn"}).ID.String()
	requirement := apptest.Do(n, app.CreateDoc, app.CreateDocRequest{Kind: kindRequirement, Project: project, Fields: map[string]string{"title": "Recall", "threshold": "0.8"}}).ID.String()
	other := apptest.Join(t, 5, n, "Jisoo", member.Contributor)
	for node, threshold := range map[*apptest.Node]string{n: "0.85", other: "0.9"} {
		apptest.Do(node, app.SetField, app.SetFieldRequest{ID: requirement, Field: "threshold", Value: threshold})
	}
	apptest.Settle(n, other)
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, fyne: test.NewTempApp(t), options: n.Options}
	d.open()
	defer d.close()
	waits := func() string { return d.w.reviews.State.Get().Detail.Field }
	if waits() != "Threshold" {
		t.Fatalf("%q waits", waits())
	}
	d.w.speak(words.Korean)
	defer d.w.speak(words.English)
	d.w.Settle()
	if waits() != "기준값" {
		t.Errorf("in Korean %q waits", waits())
	}
}

// TestRefusalsAreSentencesThatAreSaid holds what the page tells apart to what other
// parts of the program say: all of that has a translation.
func TestRefusalsAreSentencesThatAreSaid(t *testing.T) {
	korean, err := words.Texts(words.Korean)
	if err != nil {
		t.Fatal(err)
	}
	for sentence := range refusals {
		if korean[sentence] == "" {
			t.Errorf("nobody says %q any more", sentence)
		}
	}
}

// TestWhyNobodyIsLetInIsToldApart asks a door, as a device does that comes with an
// invite.
func TestWhyNobodyIsLetInIsToldApart(t *testing.T) {
	ada := apptest.Found(t, 1)
	ask := func(link app.Invited, seed uint64) error {
		other := apptest.Apart(t, seed, ada)
		parsed, err := discovery.Parse(link.Link)
		if err != nil {
			t.Fatal(err)
		}
		secret := member.InviteKey(parsed.Secret)
		public, _ := secret.Public().(ed25519.PublicKey)
		signature := ed25519.Sign(secret, member.JoinText(ada.Journal().Workspace(), other.PublicKey()))
		_, err = ada.AdmitInvited(t.Context(), public, other.PublicKey(), signature, "Bo", "Laptop")
		return err
	}
	invite := func() app.Invited { return apptest.Do(ada, app.MakeInvite, app.MakeInviteRequest{Hours: 1}) }
	used, withdrawn, expired := invite(), invite(), invite()
	if err := ask(used, 11); err != nil {
		t.Fatal(err)
	}
	apptest.Do(ada, app.WithdrawInvite, app.InviteRequest{ID: withdrawn.ID})
	ada.Clock.Advance(2 * time.Hour)
	elsewhere := apptest.Do(apptest.Found(t, 3), app.MakeInvite, app.MakeInviteRequest{})
	for i, c := range []struct {
		link app.Invited
		want join.Why
	}{{used, join.Used}, {withdrawn, join.Withdrawn}, {expired, join.Expired}, {elsewhere, join.OtherWorkspace}} {
		if err := ask(c.link, uint64(20+i)); refusal(err) != c.want {
			t.Errorf("%v is %d, want %d", err, refusal(err), c.want)
		}
	}
}
