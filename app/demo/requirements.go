package demo

// requirements are those that other documents and talks refer to.
type requirements struct {
	recall, precision, calibration, fairness, nightly, lookup, cost *ref
}

// requirements writes down what the business needs.
func (s *script) requirements() requirements {
	t := s.team
	var r requirements
	s.at(2, 9, 15)
	r.recall = s.makes(t.scientist, "requirement", fields{
		"title": s.of("At least 80 % of churners are found"), "area": "accuracy",
		"metric": "recall", "comparison": ">=", "threshold": 80, "unit": "%", "owner": &t.scientist.person,
		"notes": s.of("Of those who cancel within 30 days, how many were on the list. Measured on a hold-out month that training never saw."),
	})
	r.precision = s.makes(t.scientist, "requirement", fields{
		"title": s.of("Offers reach those who would leave"), "area": "accuracy",
		"metric": "precision", "comparison": ">=", "threshold": 50, "unit": "%", "owner": &t.scientist.person,
		"notes": s.of("Of those on the list, how many would have cancelled. Each of the others costs a discount, and a message that nobody needed."),
	})
	r.calibration = s.makes(t.scientist, "requirement", fields{
		"title": s.of("A risk of 30 % means three in ten"), "area": "accuracy",
		"metric": "calibration_error", "comparison": "<=", "threshold": 5, "unit": "%", "owner": &t.scientist.person,
		"notes": s.of("The desk decides by the risk how much to offer, so the number itself has to be right and not only the order."),
	})
	s.at(2, 9, 50)
	r.nightly = s.makes(t.engineer, "requirement", fields{
		"title": s.of("The list is ready when the desk starts at seven"), "area": "speed",
		"metric": "nightly_run", "comparison": "<=", "threshold": 60, "unit": "min", "owner": &t.engineer.person,
		"notes": s.of("The last source arrives at 5:30, which leaves an hour and a little slack."),
	})
	r.lookup = s.makes(t.engineer, "requirement", fields{
		"title": s.of("One customer is looked up while the phone rings"), "area": "speed",
		"metric": "latency_p99", "comparison": "<=", "threshold": 200, "unit": "ms", "owner": &t.engineer.person,
		"notes": s.of("Measured at the service under 20 requests a second, twice what the call centre needs on a Monday."),
	})
	s.makes(t.engineer, "requirement", fields{
		"title": s.of("Two people can run it"), "area": "team", "owner": &t.engineer.person,
		"notes": s.of("One of them is enough on a normal day, and nobody is called at night: when a run fails, yesterday's list is good for a day."),
	})
	s.at(2, 10, 30)
	s.makes(t.expert, "requirement", fields{
		"title": s.of("Every risk comes with its three main reasons"), "area": "transparency", "owner": &t.expert.person,
		"notes": s.of("In words that can be said on the phone: “your plan no longer fits how you use it”, not the name of a column."),
	})
	r.cost = s.makes(t.stakeholder, "requirement", fields{
		"title": s.of("It costs at most $1,500 a month to run"), "area": "budget",
		"metric": "monthly_cost", "comparison": "<=", "threshold": s.amount(1500), "unit": s.currency, "owner": &t.stakeholder.person,
		"notes": s.of("Machines, retraining and the hours of those who watch it. Anything above that needs a decision."),
	})
	s.at(2, 11, 5)
	r.fairness = s.makes(t.scientist, "requirement", fields{
		"title": s.of("It works alike for young and old"), "area": "compliance",
		"metric": "recall_gap", "comparison": "<=", "threshold": 10, "unit": "%", "owner": &t.scientist.person,
		"notes": s.of("How far apart recall may be between the best and the worst served age group. Age itself is no input."),
	})
	s.makes(t.dataEngineer, "requirement", fields{
		"title": s.of("Personal data are deleted after 13 months"), "area": "compliance", "owner": &t.dataEngineer.person,
		"notes": s.of("Training sets too. A customer who objects to profiling is taken out within a day."),
	})
	s.meet(t.all()...)
	return r
}

// disputeOverRecall is a conflict that was settled: two people offline, two
// numbers, a talk, one answer.
func (s *script) disputeOverRecall(r requirements) {
	t := s.team
	s.at(2, 16, 45)
	s.changes(t.stakeholder, r.recall, fields{"threshold": 85})
	s.at(2, 17, 20)
	s.changes(t.scientist, r.recall, fields{"threshold": 75})
	s.at(3, 9, 2)
	s.meet(t.all()...)
	talk := s.says(t.scientist, remark{
		about: r.recall, field: "threshold",
		text: s.of("@Maren Solberg we both changed this last night. A quick baseline finds 72 %. 85 % is out of reach for a first version; I would begin with 75."),
	})
	s.meet(t.all()...)
	s.at(3, 9, 26)
	s.says(t.stakeholder, remark{
		about: r.recall, field: "threshold", answers: talk,
		text: s.of("I wrote 85 because the desk will go back to its own rule if too many are missing. @Daniel Okafor where does that begin?"),
	})
	s.meet(t.all()...)
	s.at(3, 10, 12)
	s.says(t.expert, remark{
		about: r.recall, field: "threshold", answers: talk,
		text: s.of("With four of five on the list nobody asks any more why somebody is missing. Take 80 and look again after a quarter."),
	})
	s.meet(t.all()...)
	s.at(3, 10, 40)
	s.settles(t.stakeholder, r.recall, "threshold", "80")
	s.says(t.stakeholder, remark{about: r.recall, field: "threshold", answers: talk, text: s.of("80 % it is.")})
	s.closes(t.stakeholder, talk)
	s.meet(t.all()...)
}

// disputeOverPrecision is a conflict that waits for the guest. It returns the
// talk about it.
func (s *script) disputeOverPrecision(r requirements) *ref {
	t := s.team
	s.at(7, 16, 20)
	s.changes(t.stakeholder, r.precision, fields{"threshold": 60})
	s.at(7, 16, 50)
	s.changes(t.expert, r.precision, fields{"threshold": 40})
	s.at(8, 9, 10)
	s.meet(t.all()...)
	talk := s.says(t.stakeholder, remark{
		about: r.precision, field: "threshold",
		text: s.of("Finance counts every discount that goes to somebody who would have stayed anyway. I put 60 %."),
	})
	s.meet(t.all()...)
	s.at(8, 9, 48)
	s.says(t.expert, remark{
		about: r.precision, field: "threshold", answers: talk,
		text: s.of("At 60 % the list gets so short that the quiet ones are not on it, and those are the ones we never hear from. The desk can live with 40 %."),
	})
	s.meet(t.all()...)
	return talk
}
