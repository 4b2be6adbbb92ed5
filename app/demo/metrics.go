package demo

// metrics fills the board: what the scientist, the expert and the business look
// at, linked to the requirements and the value model. One is linked to nothing
// yet, as the board says. The recall is returned.
func (s *script) metrics(r requirements) *ref {
	t := s.team
	const up, down = "higher is better", "lower is better"
	metric := func(who *player, column, name, definition, unit, direction, variable string, serves ...*ref) *ref {
		f := fields{"name": name, "definition": definition, "column": column, "unit": unit, "direction": direction, "variable": variable}
		if len(serves) > 0 {
			f["requirements"] = refs(serves)
		}
		return s.makes(who, "key_metric", f)
	}
	s.at(2, 13, 30)
	const scientist = "data scientist"
	recall := metric(t.scientist, scientist, s.of("Recall"), s.of("Share of the customers who cancel within 30 days that were on the list."), "%", up, "accuracy", r.recall)
	metric(t.scientist, scientist, s.of("Precision"), s.of("Share of the customers on the list who cancel within 30 days when nobody contacts them; from the control group."), "%", up, "precision", r.precision)
	metric(t.scientist, scientist, s.of("Calibration error"), s.of("How far predicted risks and observed shares are apart, over ten groups of equal size."), "%", down, "", r.calibration)
	metric(t.scientist, scientist, s.of("Recall gap between age groups"), s.of("Recall of the best served age group less that of the worst."), "%", down, "", r.fairness)
	s.at(2, 14, 5)
	const expert = "expert"
	metric(t.expert, expert, s.of("Customers kept a month"), s.of("Customers who were found, got an offer and are still there after 60 days."), "customer/month", up, "kept", r.recall)
	metric(t.expert, expert, s.of("Unneeded messages"), s.of("Messages to customers who would have stayed; the desk hears of them in complaints."), "customer/month", down, "wrong_offers", r.precision)
	metric(t.expert, expert, s.of("Recommendation score"), s.of("From the quarterly survey, 0 to 10. Does contacting people before they complain change what they say of us?"), "", up, "")
	s.at(2, 14, 30)
	metric(t.engineer, expert, s.of("List ready by"), s.of("Minutes from the arrival of the last source to the finished list."), "min", down, "", r.nightly)
	metric(t.engineer, expert, s.of("Waiting for a look-up"), s.of("What 99 of 100 look-ups in the call centre stay below."), "ms", down, "", r.lookup)
	s.at(2, 15, 10)
	const business = "business"
	metric(t.stakeholder, business, s.of("Discounts given away"), s.of("Discounts to customers who would have stayed."), s.currency+"/month", down, "given_away", r.precision)
	metric(t.stakeholder, business, s.of("Revenue that leaves"), s.of("What those who cancelled in a month used to pay."), s.currency+"/month", down, "lost", r.recall)
	metric(t.stakeholder, business, s.of("Cost of running it"), s.of("Machines, retraining and hours, booked on the project."), s.currency+"/month", down, "", r.cost)
	s.meet(t.all()...)
	return recall
}
