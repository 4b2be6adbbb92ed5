package demo

import (
	"context"

	"cairn/app"
)

// begins lets somebody begin to fill in a template.
func (s *script) begins(who *player, template, name string) *ref {
	sheet := &ref{}
	s.does(who, "begins the worksheet "+name, func(ctx context.Context, _ *team, a *app.App) error {
		w, err := app.BeginWorksheet.Do(ctx, a, app.BeginWorksheetRequest{Project: s.project.String(), Template: template, Name: name})
		sheet.doc = w.ID
		return err
	})
	return sheet
}

// fills lets somebody fill in a field of a worksheet.
func (s *script) fills(who *player, sheet *ref, field string, answer any) {
	s.does(who, "fills in "+field, func(ctx context.Context, _ *team, a *app.App) error {
		_, err := app.AnswerWorksheet.Do(ctx, a, app.AnswerWorksheetRequest{
			WorksheetRequest: app.WorksheetRequest{Worksheet: sheet.String()}, Field: field, Text: fields{field: answer}.typed()[field],
		})
		return err
	})
}

// risks is a worksheet that three people have filled in.
func (s *script) risks(r requirements) {
	t := s.team
	s.at(4, 14, 10)
	w := s.begins(t.scientist, "Model risk assessment", s.of("What can go wrong with the list"))
	s.fills(t.scientist, w, "decision", s.of("Whom the desk contacts, and which of them are offered the cheaper plan."))
	s.fills(t.scientist, w, "who-acts", "a person, who mostly follows it")
	s.fills(t.scientist, w, "affected", s.of("Customers on the list, who get a message and perhaps a lower price. Customers who are not on it and pay the full price. The desk, whose day follows the list."))
	s.fills(t.scientist, w, "decisions", 1600)
	s.fills(t.scientist, w, "groups", s.of("Age bands, regions, contract and prepaid."))
	s.fills(t.scientist, w, "gap", "10 %")
	s.fills(t.scientist, w, "bias", s.of("Last year only those were contacted whom the rule had found. We have no data on what a message does to the others."))
	s.meet(t.all()...)
	s.at(4, 14, 50)
	s.fills(t.expert, w, "false-positive", s.of("$2 a month for as long as the discount runs, and a message that nobody needed."))
	s.fills(t.expert, w, "false-negative", s.of("A customer who leaves without having been asked: $10 a month, and $80 to win another."))
	s.fills(t.expert, w, "worst", s.of("A source fails unnoticed, the list fills with the wrong people, and 2,000 loyal customers learn that we expect them to leave."))
	s.fills(t.expert, w, "severity", "costly")
	s.fills(t.expert, w, "likelihood", "rare")
	s.fills(t.expert, w, "notice", s.of("the desk, by the first calls of the morning"))
	s.meet(t.all()...)
	s.at(4, 15, 30)
	s.fills(t.engineer, w, "safeguards", s.of("There is only one offer. A list that is a third longer or shorter than the day before waits for a person."))
	s.fills(t.engineer, w, "fallback", s.of("Yesterday's list is good for a day; then the desk goes by its old rule."))
	s.fills(t.engineer, w, "requirement", r.precision)
	s.fills(t.engineer, w, "switch", &t.engineer.person)
	s.meet(t.all()...)
	s.at(4, 16, 15)
	s.fills(t.stakeholder, w, "residual", "low")
	s.fills(t.stakeholder, w, "accepted-by", &t.stakeholder.person)
	s.meet(t.all()...)
}

// firstExperiment is a worksheet that the scientist has begun, for the phase that
// comes next.
func (s *script) firstExperiment(r requirements, d sources, recall *ref) {
	t := s.team
	s.at(7, 10, 20)
	w := s.begins(t.scientist, "Experiment brief", s.of("Does usage help?"))
	s.fills(t.scientist, w, "expect", s.of("a model that sees how usage changes finds more churners than one that sees only contract, bills and complaints."))
	s.fills(t.scientist, w, "because", s.of("Of those who left last year, six in ten had used a third less in their last two months."))
	s.fills(t.scientist, w, "change", s.of("Whether daily usage goes into the nightly run, of which it would be the dearest part."))
	s.fills(t.scientist, w, "metric", recall)
	s.fills(t.scientist, w, "requirement", r.recall)
	s.fills(t.scientist, w, "baseline", s.of("the desk's rule: 46 % of churners found"))
	s.fills(t.scientist, w, "gain", "5 %")
	s.fills(t.scientist, w, "source", d.usage)
	s.fills(t.scientist, w, "label", s.of("cancelled within 30 days; from the customer accounts"))
	s.meet(t.all()...)
}
