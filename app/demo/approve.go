package demo

import (
	"context"

	"cairn/app"
	"cairn/core/lifecycle"
)

// approves lets somebody approve a page as it is then.
func (s *script) approves(who *player, page lifecycle.Page, note string) {
	s.does(who, "approves "+string(page), func(ctx context.Context, _ *team, a *app.App) error {
		_, err := app.GiveSignOff.Do(ctx, a, app.GiveSignOffRequest{Project: s.project.String(), Scope: page, Verdict: "approved", Note: note})
		return err
	})
}

// firstApproval is of a value that is lower now.
func (s *script) firstApproval() {
	t := s.team
	s.at(3, 11, 30)
	s.approves(t.stakeholder, lifecycle.Value, s.of("Good enough to go on with. Daniel will check how many the discount keeps."))
	s.meet(t.all()...)
}

// charterApproval holds still.
func (s *script) charterApproval() {
	t := s.team
	s.at(6, 11, 40)
	s.approves(t.stakeholder, lifecycle.Charter, s.of("The board has seen it."))
	s.meet(t.all()...)
}

// rolesApproval holds, too: it is given for the row that the guest shares.
func (s *script) rolesApproval() {
	t := s.team
	s.approves(t.stakeholder, lifecycle.Roles, "")
	s.meet(t.all()...)
}
