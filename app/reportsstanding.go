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
				p.Missing = append(p.Missing, reportSentence(item.Say()))
			}
		}
	}
	for _, j := range r.Judged {
		s := report.SignOff{
			Scope: string(j.Scope), Person: a.reportName(j.View.Person), Role: j.View.Role, Approved: j.View.Verdict == "approved", Note: j.View.Note,
			At: j.At.Time().In(p.At.Location()), Amount: j.View.Amount, Unit: j.View.Unit, Standing: report.Standing(j.Standing),
		}
		for _, t := range j.Touched {
			s.Touched = append(s.Touched, report.Touched{Title: report.Arg(t.Title), Touch: string(t.Touch)})
		}
		if !j.Reason.IsZero() {
			reason := reportSentence(j.Reason)
			s.Reason = &reason
		}
		p.SignOffs = append(p.SignOffs, s)
	}
	return nil
}

func reportSentence(s lifecycle.Sentence) report.Sentence {
	out := report.Sentence{Format: s.Format}
	for _, a := range s.Args {
		out.Args = append(out.Args, report.Arg(a))
	}
	return out
}
