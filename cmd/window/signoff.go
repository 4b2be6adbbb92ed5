package window

import (
	"context"
	"slices"

	"cairn/app"
	"cairn/core/lifecycle"
	"cairn/core/member"
	corevalue "cairn/core/value"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/signoff"
)

// Standing implements signoff.Source.
func (s *session) Standing(ctx context.Context, project string) (signoff.Standing, error) {
	var out signoff.Standing
	ready, err := do(ctx, s, app.ShowReadiness, app.ReadinessRequest{Project: project})
	if err != nil {
		return out, err
	}
	given, err := do(ctx, s, app.ListSignOffs, app.ListSignOffsRequest{Project: project})
	if err != nil {
		return out, err
	}
	members, err := do(ctx, s, app.ListMembers, app.ListMembersRequest{})
	if err != nil {
		return out, err
	}
	out.Ready, out.Needed, out.Phase = ready.Ready, ready.Needed, standingOf(ready.Phase)
	for _, page := range ready.Pages {
		out.Pages = append(out.Pages, standingOf(page))
	}
	for _, o := range given {
		out.SignOffs = append(out.SignOffs, signOff(o))
	}
	for _, m := range members {
		person := edit.Person{ID: m.ID.String(), Name: m.Name, Roles: m.Roles}
		right, err := member.ParseRole(m.Right)
		approves := err == nil && right >= member.Approver
		if approves {
			out.Approvers = append(out.Approvers, person)
		}
		if m.You {
			out.Me, out.MayApprove = person, approves
		}
	}
	return out, s.fillStanding(ctx, project, &out)
}

// fillStanding adds what the project's documents say.
func (s *session) fillStanding(ctx context.Context, project string, out *signoff.Standing) error {
	p, err := do(ctx, s, app.ShowProject, app.ProjectRequest{Project: project})
	if err != nil {
		return err
	}
	out.Counts = map[string]int{}
	for _, phase := range p.Phases {
		for _, k := range phase.Kinds {
			out.Counts[k.Kind] = k.Count
		}
	}
	needs, err := s.list(ctx, kindRequirement, project)
	if err != nil {
		return err
	}
	out.Measurable = measurable(needs)
	charters, err := s.list(ctx, "charter", project)
	if err != nil {
		return err
	}
	for _, c := range charters {
		out.Opinion = signoff.Opinion{Viability: text(c.Fields["viability"]), NeedsML: text(c.Fields["needs_ml"]), Reasons: text(c.Fields["reasons"])}
	}
	// A model that can't be read, or none, is said on its own page.
	if found, err := s.Find(ctx, project, ""); err == nil {
		out.Worth = worthOf(found.Model)
	}
	return nil
}

// worthSamples is how many outcomes the range of the number to be signed comes
// from.
const worthSamples = 10_000

func worthOf(m corevalue.Model) signoff.Worth {
	plan, err := corevalue.Check(m)
	if err != nil {
		return signoff.Worth{}
	}
	e, err := plan.Estimate(corevalue.Options{Samples: worthSamples, Seed: 1})
	if err != nil {
		return signoff.Worth{}
	}
	return signoff.Worth{Known: true, Expected: e.Expected, Low: e.P10, High: e.P90, Ranged: e.P10 != e.P90, Unit: e.Unit, Numbers: len(m.Variables)}
}

func standingOf(r app.PageReadiness) signoff.Page {
	out := signoff.Page{Page: r.Page, State: r.State, Left: r.Left, Musts: r.Musts, Digest: r.Digest}
	if r.Reason != nil {
		out.Reason = r.Reason.Parts()
	}
	for _, item := range r.Missing {
		out.Missing = append(out.Missing, signoff.Item{
			Code: item.Code, Must: item.Must, Say: item.Say.Parts(), Why: item.Why.Parts(), Page: item.Page,
			Document: item.Document, Field: item.Field, Roles: item.Who.Roles, Persons: people(item.Who.Persons),
		})
	}
	for _, w := range r.Wants {
		out.Wants = append(out.Wants, signoff.Want{Role: w.Role, By: people(w.By), Signed: w.Signed})
	}
	return out
}

func people(refs []app.PersonRef) []edit.Person {
	out := make([]edit.Person, len(refs))
	for i, p := range refs {
		out[i] = person(p)
	}
	return out
}

func person(p app.PersonRef) edit.Person { return edit.Person{ID: p.ID.String(), Name: p.Name} }

func signOff(o app.SignOff) signoff.SignOff {
	out := signoff.SignOff{
		ID: o.ID.String(), Page: o.Scope, Person: person(o.Person), Role: o.Role, Approved: o.Verdict == "approved",
		Note: o.Note, At: o.Time, Standing: o.Standing,
	}
	if o.Scope == lifecycle.Value || o.Scope == lifecycle.Design { // else the number is not what was judged
		out.Amount, out.Unit = o.Amount, o.Unit
	}
	if o.Reason != nil {
		out.Reason = o.Reason.Parts()
	}
	for _, t := range o.Touched {
		touched := signoff.Touched{Document: t.Document, Title: t.Title, Own: t.Own, Page: t.Page, Touch: t.Touch}
		for _, f := range t.Fields {
			touched.Changes = append(touched.Changes, changesOf(f)...)
		}
		out.Touched = append(out.Touched, touched)
	}
	return out
}

// Give implements signoff.Source.
func (s *session) Give(ctx context.Context, project string, v signoff.Verdict) (string, error) {
	verdict := "rejected"
	if v.Approve {
		verdict = "approved"
	}
	given, err := do(ctx, s, app.GiveSignOff, app.GiveSignOffRequest{Project: project, Scope: v.Page, Verdict: verdict, Note: v.Note, Role: v.Role, Digest: v.Digest})
	if err != nil {
		return "", err
	}
	return given.ID.String(), nil
}

// Revoke implements signoff.Source.
func (s *session) Revoke(ctx context.Context, id string) error {
	_, err := do(ctx, s, app.RevokeSignOff, app.RevokeSignOffRequest{ID: id})
	return err
}

// signOffs returns the presenter of a project's sign-offs, which every page shares.
func (w *Window) signOffs(project string) *signoff.Presenter {
	p, _ := w.presenter(shell.Route{Page: shell.SignOff, Project: project}).(*signoff.Presenter)
	return p
}

// signing is what sign-offs need of the window.
func (w *Window) signing(project string) signoff.Window {
	return signoff.Window{
		Ctx: w.ctx, Crew: &w.crew, Toasts: w.toasts, Now: w.session.opts.Now,
		GoTo: func(to signoff.Place) {
			w.shell.Go(shell.Route{Page: pageFor(to.Page), Project: project, Document: to.Document})
		},
	}
}

// askSignOff asks for a verdict on the page that is open, or on the phase.
func (w *Window) askSignOff() {
	at := w.shell.State.Get().Route
	w.sign(at.Project, at.Page)
}

func (w *Window) sign(project string, page shell.Page) {
	signoff.Ask(w.win.Canvas(), w.signOffs(project), scopeOf(page), w.signing(project))
}

// scopeOf returns what a sign-off of a page is about: of the page of sign-offs,
// the phase.
func scopeOf(page shell.Page) lifecycle.Page {
	if page == shell.SignOff || !slices.Contains(lifecycle.Pages, lifecycle.Page(page)) {
		return lifecycle.Design
	}
	return lifecycle.Page(page)
}

// addStatus puts how a page stands into its head.
func (w *Window) addStatus(to shell.Route, head *kit.Head) {
	if w.status != nil {
		w.status.Close()
		w.status = nil
	}
	if slices.Contains(lifecycle.Pages, lifecycle.Page(to.Page)) {
		w.status = signoff.NewStatus(w.signOffs(to.Project), lifecycle.Page(to.Page), func() { w.sign(to.Project, to.Page) })
		head.Status = w.status.Object()
	}
}

// loadStatus reads again how a page stands, where its head says so.
func (w *Window) loadStatus(to shell.Route) {
	if slices.Contains(lifecycle.Pages, lifecycle.Page(to.Page)) {
		w.signOffs(to.Project).Load(w.ctx)
	}
}
