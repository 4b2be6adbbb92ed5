package demo

import (
	"context"

	"cairn/app"
	"cairn/core/member"
)

// days is how many workdays the story takes.
const days = 9

// stakeholder is the role of those who answer for the design.
const stakeholder = "business stakeholder"

// crew is the five people, one for each role of the lifecycle.
type crew struct {
	stakeholder, expert, scientist, dataEngineer, engineer *player
}

func (c crew) all() []*player {
	return []*player{c.stakeholder, c.expert, c.scientist, c.dataEngineer, c.engineer}
}

// story is the two weeks.
func (s *script) story() {
	s.team = crew{
		stakeholder:  &player{name: s.of("Maren Solberg"), roles: []string{stakeholder}},
		expert:       &player{name: s.of("Daniel Okafor"), roles: []string{"subject matter expert"}},
		scientist:    &player{name: s.of("Seo-yeon Han"), roles: []string{"data scientist"}},
		dataEngineer: &player{name: s.of("Priya Raman"), roles: []string{"data engineer"}},
		engineer:     &player{name: s.of("Jun-ho Baek"), roles: []string{"ML engineer"}},
	}
	s.founder = s.team.stakeholder
	s.cast = append(s.team.all(), s.guest)
	s.founding = app.Founding{Workspace: s.of("Larkspur Mobile"), Person: s.founder.name, Roles: s.founder.roles}

	s.begin()
	c := s.charter()
	answers := s.responsibilities()
	m := s.firstEstimate()
	s.yardstick(c)
	d := s.sources()
	r := s.requirements()
	recall := s.metrics(r)
	s.disputeOverRecall(r)
	s.firstApproval()
	s.expectations(d)
	s.objection(m)
	s.risks(r)
	s.wrongOffers(m)
	s.verdict(c)
	s.charterApproval()
	s.careContacts(d)
	s.firstExperiment(r, d, recall)
	talk := s.disputeOverPrecision(r)
	s.handOver(answers)
	s.rolesApproval()
	s.welcome(r.precision, talk)
}

// begin gathers the team around a project.
func (s *script) begin() {
	s.at(0, 9, 4)
	for _, p := range s.team.all() {
		if p != s.founder {
			s.admits(s.founder, p, member.Approver)
		}
	}
	project := app.CreateProjectRequest{
		Name:    s.of("Churn early warning"),
		Summary: s.of("Find the customers who are about to leave in time to make them an offer."),
	}
	s.does(s.founder, "makes the project", func(ctx context.Context, _ *team, a *app.App) error {
		p, err := app.CreateProject.Do(ctx, a, project)
		s.project.doc = p.ID
		return err
	})
	s.changes(s.founder, &s.project, fields{"tags": list{s.of("retention"), s.of("mobile")}})
	s.meet(s.team.all()...)
}

// handOver lets the guest in, yesterday afternoon: from now on they answer for
// the design together with the founder, and nobody's name stands in the row.
func (s *script) handOver(row *ref) {
	t := s.team
	s.at(days-1, 15, 30)
	s.admits(t.stakeholder, s.guest, member.Admin)
	s.changes(t.stakeholder, row, fields{"person": "", "notes": s.of("Vision, budget, and whether the results are good enough. Two of us share it.")})
	s.meet(t.all()...)
}

// welcome tells the guest what waits for them.
func (s *script) welcome(precision, talk *ref) {
	t := s.team
	s.at(days-1, 16, 5)
	s.says(t.scientist, remark{
		about: precision, field: "threshold", answers: talk,
		text: s.of("@{0}, both numbers stand in the requirement now, and I don't want to choose between my boss and the desk alone. At 40 % precision the model brings $1,960 a month, at 50 % $2,160, at 60 % $2,293. Which one do we hold it to?", s.guest.name),
	})
	s.says(t.stakeholder, remark{
		about: &s.project,
		text:  s.of("Welcome, @{0}! You decide together with me and are an administrator: change and approve whatever you like. Two things wait for you: Daniel and I can't agree on the precision, and the value has changed since I approved it. Nothing you do here reaches anybody: we are all made up.", s.guest.name),
	})
	s.meet(append(t.all(), s.guest)...)
}
