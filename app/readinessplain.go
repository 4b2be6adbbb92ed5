package app

import (
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/sentence"
)

// plainReadiness returns r for files, in which no list is null.
func (a *App) plainReadiness(project id.Doc, r lifecycle.Readiness) Readiness {
	out := Readiness{Project: project, Ready: r.Ready, Needed: r.Needed, Pages: make([]PageReadiness, len(r.Pages))}
	for i, page := range r.Pages {
		out.Pages[i] = a.plainPage(page, r.Judged)
	}
	out.Phase = a.plainPage(r.Phase, r.Judged)
	return out
}

func (a *App) plainPage(r lifecycle.PageReadiness, judged []lifecycle.Judged) PageReadiness {
	out := PageReadiness{
		Page: r.Page, State: r.State, Musts: r.Musts, Advice: r.Advice, Left: r.Left, Digest: r.Digest,
		Missing: []MissingItem{}, Wants: []Want{}, SignOffs: []SignOff{}, Touched: plainTouched(r.Touched),
	}
	if !r.Reason.IsZero() {
		reason := plainSaid(r.Reason)
		out.Reason = &reason
	}
	for _, item := range r.Missing {
		out.Missing = append(out.Missing, MissingItem{
			Code: item.Code, Must: item.Must, Say: plainSaid(item.Say()), Why: plainSaid(item.Why()), Page: item.Page,
			Document: plainID(item.Doc), Field: item.Field, Who: a.plainWho(item.Who),
		})
	}
	for _, w := range r.Wants {
		out.Wants = append(out.Wants, Want{Role: w.Role, By: a.plainPersons(w.By), Signed: plainID(w.Signed)})
	}
	for _, j := range judged {
		if j.Scope == r.Page {
			out.SignOffs = append(out.SignOffs, a.plainSignOff(j))
		}
	}
	return out
}

func plainSaid(s sentence.Sentence) Said { return Said{s.String(), s.Format, s.Args} }

// plainID returns the ID of a document, empty for none.
func plainID(d id.Doc) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (a *App) plainWho(w lifecycle.Who) Givers {
	return Givers{append([]string{}, w.Roles...), a.plainPersons(w.Persons)}
}

func (a *App) plainPersons(persons []id.Person) []PersonRef {
	out := make([]PersonRef, len(persons))
	for i, p := range persons {
		out[i] = PersonRef{p, a.personName(p)}
	}
	return out
}

func plainTouched(touched []lifecycle.Touched) []Touched {
	var out []Touched
	for _, t := range touched {
		out = append(out, Touched{Document: t.Doc.String(), Title: t.Title.Text, Own: t.Title.Own, Page: t.Page, Touch: t.Touch})
	}
	return out
}

func (a *App) plainSignOff(j lifecycle.Judged) SignOff {
	out := SignOff{
		ID: j.ID, Scope: j.Scope, Person: PersonRef{j.View.Person, a.personName(j.View.Person)}, Role: j.View.Role,
		Verdict: j.View.Verdict, Note: j.View.Note, Time: j.At.Time(), Standing: j.Standing,
		Touched: plainTouched(j.Touched), Amount: j.View.Amount, Unit: j.View.Unit,
	}
	if !j.Reason.IsZero() {
		reason := plainSaid(j.Reason)
		out.Reason = &reason
	}
	return out
}
