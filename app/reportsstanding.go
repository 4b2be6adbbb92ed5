package app

import (
	"context"
	"slices"

	"cairn/app/report"
	"cairn/core/id"
	"cairn/core/lifecycle"
)

// told are the codes of what a report says in a part of its own.
var told = []lifecycle.Code{lifecycle.InConflict, lifecycle.Mention, lifecycle.MentionYou}

// gatherStanding reads what the pages of the Design phase must still have, and
// the sign-offs, held to the content as it is.
func (a *App) gatherStanding(ctx context.Context, project id.Doc, p *report.Project) error {
	in, err := a.standing(ctx, project)
	if err != nil {
		return err
	}
	r := lifecycle.Assess(in)
	for _, page := range r.Pages {
		for _, item := range page.Missing {
			if item.Must && !slices.Contains(told, item.Code) {
				p.Missing = append(p.Missing, item.Say())
			}
		}
	}
	for _, j := range r.Judged {
		s := report.SignOff{
			Scope: string(j.Scope), Person: a.reportName(j.View.Person), Role: j.View.Role, Approved: j.View.Verdict == "approved", Note: j.View.Note,
			At: j.At.Time().In(p.At.Location()), Amount: j.View.Amount, Unit: j.View.Unit, Standing: report.Standing(j.Standing), Reason: j.Reason,
		}
		for _, t := range j.Touched {
			s.Touched = append(s.Touched, report.Touched{Title: t.Title, Touch: string(t.Touch)})
		}
		p.SignOffs = append(p.SignOffs, s)
	}
	return nil
}
