package demo

// charter writes down why the project exists, and returns the document.
func (s *script) charter() *ref {
	t := s.team
	s.at(0, 9, 25)
	c := s.makes(t.stakeholder, "charter", fields{
		"problem":  s.of("About 1,000 of our 100,000 customers leave every month. We learn of it when they cancel: by then the number is being ported, and no offer helps any more. A new customer costs as much to win as one pays in eight months."),
		"decision": s.of("Whom the retention desk contacts each week, and which of them are offered the plan at $8 instead of $10."),
		"users":    list{s.of("Retention desk (12 people)"), s.of("Campaign team"), s.of("Call centre")},
		"stakeholders": list{
			s.of("Head of retention"), s.of("Finance"), s.of("Data protection officer"), s.of("Works council"),
		},
		"viability": "undecided",
	})
	s.meet(t.all()...)
	s.at(0, 10, 40)
	s.changes(t.expert, c, fields{
		"present": s.of("The desk has a rule: whoever complained in the last 30 days and whose contract ends within 60 gets a text message. That is some 2,000 names a month. Those who leave without ever complaining are not on it."),
	})
	s.meet(t.all()...)

	s.at(0, 11, 20)
	asked := s.says(t.engineer, remark{
		about: c, field: "decision",
		text: s.of("@Daniel Okafor do you need the prediction at once, while somebody is on the phone, or is a list every morning enough?"),
	})
	s.meet(t.engineer, t.expert)
	s.at(0, 11, 52)
	s.says(t.expert, remark{
		about: c, field: "decision", answers: asked,
		text: s.of("The desk works from the list; it has to be there when they start at seven. But the call centre should be able to look one customer up while the phone rings."),
	})
	s.meet(t.engineer, t.expert)
	s.at(0, 13, 5)
	s.says(t.engineer, remark{
		about: c, field: "decision", answers: asked,
		text: s.of("Then both: a nightly run and one small service. I'll write the two as requirements."),
	})
	s.closes(t.engineer, asked)
	s.meet(t.all()...)
	return c
}

// yardstick asks what could be had without a model.
func (s *script) yardstick(c *ref) {
	t := s.team
	s.at(1, 14, 10)
	s.changes(t.scientist, c, fields{
		"needs_ml":   "yes",
		"without_ml": s.of("The desk's own rule is the yardstick. On last year's data it finds 46 % of those who leave, and three of four people on its list would have stayed. A model that is not clearly better in both is not worth its upkeep."),
	})
	s.meet(t.all()...)
}

// verdict says whether it is worth going on.
func (s *script) verdict(c *ref) {
	t := s.team
	s.at(6, 10, 15)
	s.changes(t.stakeholder, c, fields{
		"viability": "viable",
		"reasons":   s.of("The data are there, all but the care contacts. Even with a weak model the value covers what it costs to run. What we don't know is how many people accept an offer that they did not ask for: a test with 500 customers will tell before the rollout."),
	})
	s.meet(t.all()...)
}

// responsibilities says who does what in which phase. It returns the row of the
// one who answers for the design.
func (s *script) responsibilities() *ref {
	t := s.team
	s.at(0, 15, 10)
	part := func(who *player, role, design, development, deployment, monitoring, notes string) *ref {
		return s.makes(t.stakeholder, "responsibility", fields{
			"role": role, "person": &who.person, "notes": notes,
			"design": design, "development": development, "deployment": deployment, "monitoring": monitoring,
		})
	}
	const does, answers, asked, told = "responsible", "accountable", "consulted", "informed"
	row := part(t.stakeholder, stakeholder, answers, told, asked, told, s.of("Vision, budget, and whether the results are good enough."))
	part(t.expert, "subject matter expert", asked, asked, told, asked, s.of("Knows what the data mean, and judges the predictions that were wrong."))
	part(t.scientist, "data scientist", does, answers, asked, does, s.of("Experiments and evaluation; watches whether predictions stay valid."))
	part(t.dataEngineer, "data engineer", does, does, does, told, s.of("Sources, checks and pipelines."))
	part(t.engineer, "ML engineer", asked, does, answers, answers, s.of("Packaging, service, rollout and operation."))
	s.meet(t.all()...)
	return row
}
