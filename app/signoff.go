package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// The use cases of sign-offs.
var (
	GiveSignOff   = Call[GiveSignOffRequest, SignOff]{"signoff/give", "Approves or rejects what a page, or the Design phase, says now.", (*App).giveSignOff}
	ListSignOffs  = Call[ListSignOffsRequest, []SignOff]{"signoff/list", "Lists the sign-offs of a project, the latest first, and what has changed since each.", (*App).listSignOffs}
	RevokeSignOff = Call[RevokeSignOffRequest, SignOff]{"signoff/revoke", "Takes a sign-off of one's own back.", (*App).revokeSignOff}
)

// GiveSignOffRequest asks for a verdict on a page to be kept.
type GiveSignOffRequest struct {
	Project string         `json:"project"` // ID, first digits of it, or name
	Scope   lifecycle.Page `json:"scope"`   // a page, or design for the phase
	Verdict string         `json:"verdict"` // approved or rejected
	Note    string         `json:"note,omitempty"`
	// Role is in which the person decides. Left out, the one that the page wants
	// of the person.
	Role string `json:"role,omitempty"`
	// Digest is that of the page as the person saw it. What has changed since is
	// not signed: the answer is a conflict then. Left out, the page is signed as
	// it is.
	Digest string `json:"digest,omitempty"`
}

// ListSignOffsRequest asks for the sign-offs of a project.
type ListSignOffsRequest struct {
	Project string         `json:"project"`         // ID, first digits of it, or name
	Scope   lifecycle.Page `json:"scope,omitempty"` // only those of a page, or of design
}

// RevokeSignOffRequest names a sign-off.
type RevokeSignOffRequest struct {
	ID string `json:"id"` // or the first digits of it
}

// SignOff is a person's verdict on what a page said, and how it stands now.
type SignOff struct {
	ID       id.Doc             `json:"id"`
	Scope    lifecycle.Page     `json:"scope"`
	Person   PersonRef          `json:"person"`
	Role     string             `json:"role,omitempty"` // in which the person decided
	Verdict  string             `json:"verdict"`
	Note     string             `json:"note,omitempty"`
	Time     time.Time          `json:"time"`
	Standing lifecycle.Standing `json:"standing"` // valid, changed, revoked, replaced or not counted
	// Reason says why it does not count.
	Reason *Said `json:"reason,omitempty"`
	// Touched is what is not what it was given for.
	Touched []Touched `json:"touched,omitempty"`
	// Amount is what the value estimate came to then, in Unit.
	Amount *float64 `json:"amount,omitempty"`
	Unit   string   `json:"unit,omitempty"`
}

func (a *App) giveSignOff(ctx context.Context, req GiveSignOffRequest) (SignOff, error) {
	if err := checkVerdict(req); err != nil {
		return SignOff{}, err
	}
	project, err := a.findProject(req.Project)
	if err != nil {
		return SignOff{}, err
	}
	in, err := a.standing(ctx, project)
	if err != nil {
		return SignOff{}, err
	}
	me := a.self()
	if err := a.mayApprove(me, in.Persons); err != nil {
		return SignOff{}, err
	}
	page := pageOf(lifecycle.Assess(in), req.Scope)
	if err := a.signable(page, req); err != nil {
		return SignOff{}, err
	}
	fields := map[string]doc.Value{
		"project": doc.Ref(project), "scope": doc.String(string(req.Scope)), "person": doc.Ref(me.ID),
		"role": doc.String(roleFor(req.Role, page, me)), "verdict": doc.String(req.Verdict), "note": doc.String(strings.TrimSpace(req.Note)),
		"content": doc.List(lifecycle.Content(in, req.Scope)...),
	}
	if len(in.Worth) == 1 {
		for _, w := range in.Worth {
			if w.Problem == "" {
				fields["amount"], fields["unit"] = doc.Float(w.Expected), doc.String(w.Unit)
			}
		}
	}
	made, err := a.create(ctx, noun.SignOffs.Kind, fields)
	if err != nil {
		return SignOff{}, err
	}
	return a.signOff(ctx, project, made.ID)
}

func checkVerdict(req GiveSignOffRequest) error {
	if req.Scope != lifecycle.Design && !slices.Contains(lifecycle.Pages, req.Scope) {
		return noSuchPage(req.Scope)
	}
	verdict, _ := noun.SignOffs.Field("verdict")
	if !slices.Contains(verdict.OneOf, req.Verdict) {
		return fault.New(fault.Invalid, "A page can't be signed off as %q.", "The verdicts are %s.").With(clip(req.Verdict), strings.Join(verdict.OneOf, " and "))
	}
	return nil
}

func noSuchPage(scope lifecycle.Page) error {
	names := make([]string, len(lifecycle.Pages))
	for i, p := range lifecycle.Pages {
		names[i] = string(p)
	}
	return fault.New(fault.Invalid, "There is no page called %q.", "The pages are %s; design is all of them.").With(clip(string(scope)), strings.Join(names, ", "))
}

// mayApprove refuses who has no right to approve, and says who has.
func (a *App) mayApprove(me PersonInfo, team []lifecycle.Person) error {
	var can []string
	for _, p := range team {
		if p.Right < member.Approver {
			continue
		}
		if p.ID == me.ID {
			return nil
		}
		can = append(can, a.personName(p.ID))
	}
	slices.Sort(can)
	const noRight = "You have no right to approve in this workspace."
	switch len(can) {
	case 0:
		return fault.New(fault.Denied, noRight, "An administrator gives the right.")
	case 1:
		return fault.New(fault.Denied, noRight, "Ask %s.").With(can[0])
	}
	return fault.New(fault.Denied, noRight, "Ask one of them: %s.").With(strings.Join(can, ", "))
}

func pageOf(r lifecycle.Readiness, scope lifecycle.Page) lifecycle.PageReadiness {
	for _, page := range r.Pages {
		if page.Page == scope {
			return page
		}
	}
	return r.Phase
}

// shownMissing is how much of what is missing an error names.
const shownMissing = 3

// signable refuses to sign what is not as it was seen, or not finished. What is
// not finished may still be rejected.
func (a *App) signable(page lifecycle.PageReadiness, req GiveSignOffRequest) error {
	name := page.Page.Name()
	switch {
	case page.State == lifecycle.NotNeeded:
		return fault.New(fault.Invalid, "This project does not need %s.", "%s").With(sentence.Own(name), page.Reason)
	case req.Digest != "" && req.Digest != page.Digest:
		return fault.New(fault.Conflict, "Somebody has changed %s meanwhile.", "Look at it again, then sign off.").With(sentence.Own(name))
	case req.Verdict == "rejected" || page.Done():
		return nil
	}
	var said sentence.Sentence
	shown := min(page.Musts, len(page.Missing), shownMissing)
	for _, item := range page.Missing[:shown] {
		said = said.Then(item.Say())
	}
	if more := page.Musts - shown; more > 0 {
		said = said.Then(sentence.New("And %d more.", more))
	}
	return fault.New(fault.Conflict, "Something is still missing before you can approve %s.", "%s").With(sentence.Own(name), said)
}

// roleFor returns the role in which a person decides.
func roleFor(given string, page lifecycle.PageReadiness, me PersonInfo) string {
	if given = lifecycle.RoleOf(given); given != "" {
		return given
	}
	for _, w := range page.Wants {
		if slices.Contains(w.By, me.ID) && w.Role != "" {
			return w.Role
		}
	}
	if len(me.Roles) > 0 {
		return lifecycle.RoleOf(me.Roles[0])
	}
	return ""
}

// signOff returns one sign-off of a project, held to the content as it is.
func (a *App) signOff(ctx context.Context, project, name id.Doc) (SignOff, error) {
	judged, err := a.judged(ctx, project)
	if err != nil {
		return SignOff{}, err
	}
	for _, j := range judged {
		if j.ID == name {
			return a.plainSignOff(j), nil
		}
	}
	return SignOff{}, fault.New(fault.NotFound, "There is no such sign-off.", "`cairn signoff list PROJECT` shows those there are.")
}

func (a *App) revokeSignOff(ctx context.Context, req RevokeSignOffRequest) (SignOff, error) {
	d, err := a.findDoc(req.ID)
	if err != nil {
		return SignOff{}, err
	}
	if d.Noun() != noun.SignOffs.Number {
		return SignOff{}, fault.New(fault.Invalid, "This is no sign-off.", "`cairn signoff list PROJECT` shows the sign-offs.")
	}
	s, err := a.signOff(ctx, noun.ProjectOf(d), d.ID())
	if err != nil {
		return SignOff{}, err
	}
	if s.Person.ID != a.self().ID {
		return SignOff{}, fault.New(fault.Denied, "Only %s can take this sign-off back.", "Give one of your own to say otherwise.").With(s.Person.Name)
	}
	_, err = a.edit(ctx, d.ID().String(), func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		// Also where it says so already: somebody else may have written that,
		// which does not count.
		f, err := kind.FieldOf("revoked")
		if err != nil {
			return err
		}
		return tx.Apply(d, kind.Number, d.SetRegister(f.Number, doc.Bool(true)))
	})
	if err != nil {
		return SignOff{}, err
	}
	return a.signOff(ctx, noun.ProjectOf(d), d.ID())
}
