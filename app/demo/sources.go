package demo

import "maps"

// sources are the data sources.
type sources struct {
	accounts, usage, care, billing *ref
}

// sources lists where data come from.
func (s *script) sources() sources {
	t := s.team
	var d sources
	s.at(1, 15, 20)
	source := func(name, about, location, form, refresh string, owner *player, access string) *ref {
		return s.makes(t.dataEngineer, "data_source", fields{
			"name": name, "about": about, "location": location, "form": form, "refresh": refresh,
			"owner": &owner.person, "personal_data": "yes", "access": access,
		})
	}
	d.accounts = source(s.of("Customer accounts"), s.of("A row is a customer: plan, start and end of the contract, region, status. Cancellations come from here, and so the labels."),
		"warehouse.crm.accounts", "table", "daily", t.dataEngineer, "granted")
	d.usage = source(s.of("Daily usage"), s.of("A row is a customer and a day: minutes, messages, gigabytes, share of it abroad. Counts only; whom somebody called is not in it."),
		"warehouse.network.usage_daily", "table", "daily", t.dataEngineer, "granted")
	d.billing = source(s.of("Bills and payments"), s.of("A row is a bill: amount, due date, paid or not, reminders sent."),
		"warehouse.finance.bills", "table", "monthly", t.stakeholder, "granted")
	d.care = source(s.of("Care contacts"), s.of("A row is a call, chat or visit: when, reason, whether it was solved, notes of the agent. Complaints are the strongest sign we know."),
		"tickets.example/api/contacts", "API", "hourly", t.expert, "requested")
	s.meet(t.all()...)
	return d
}

// expectations says what the sources are held to, in all four dimensions of quality.
func (s *script) expectations(d sources) {
	t := s.team
	var source *ref
	expect := func(dimension, statement, column, rule string, more fields) {
		f := fields{"source": source, "dimension": dimension, "statement": statement, "column": column, "rule": rule}
		maps.Copy(f, more)
		s.makes(t.dataEngineer, "expectation", f)
	}
	const accuracy, completeness, consistency, timeliness = "accuracy", "completeness", "consistency", "timeliness"

	s.at(3, 13, 15)
	source = d.accounts
	expect(completeness, s.of("Every account has a customer number"), "customer_id", "is present", nil)
	expect(consistency, s.of("No customer number appears twice"), "customer_id", "is unique", fields{"why": s.of("After the merger of 2021 some customers had two accounts.")})
	expect(consistency, s.of("The status is one that we know"), "status", "is one of", fields{"values": list{"active", "suspended", "cancelled"}})
	expect(accuracy, s.of("A monthly price lies within the price list"), "monthly_price", "is between", fields{"low": 0, "high": s.amount(60), "why": s.of("Test accounts have prices like 9999.")})
	expect(timeliness, s.of("Accounts are from last night"), "updated_at", "is no older than", fields{"high": 26})

	s.at(3, 14, 5)
	source = d.usage
	expect(completeness, s.of("Nearly every day has its minutes"), "minutes", "is present", fields{"share": 0.99, "why": s.of("Gaps of a day come from the network and are filled later.")})
	expect(accuracy, s.of("Gigabytes are no more than a phone can use"), "gigabytes", "is between", fields{"low": 0, "high": 500})
	expect(consistency, s.of("Customer numbers have eight digits"), "customer_id", "matches", fields{"pattern": "^[0-9]{8}$"})
	expect(timeliness, s.of("Yesterday's usage has arrived"), "day", "is no older than", fields{"high": 30})

	s.at(3, 14, 50)
	source = d.billing
	expect(accuracy, s.of("Amounts are numbers"), "amount", "is a number", fields{"why": s.of("Credit notes used to come with a letter behind the amount.")})
	expect(consistency, s.of("Bills agree with the price in the account"), "amount", "agrees with", fields{"pattern": "monthly_price", "share": 0.97, "why": s.of("The rest is months that began late and calls abroad.")})
	expect(completeness, s.of("Every bill has a due date"), "due_on", "is a date", nil)
	expect(timeliness, s.of("Bills arrive within five weeks"), "billed_at", "is no older than", fields{"high": 840})

	s.at(3, 15, 30)
	source = d.care
	expect(completeness, s.of("Nine of ten contacts name a reason"), "reason", "is present", fields{"share": 0.9})
	expect(consistency, s.of("Reasons are those of the desk's list"), "reason", "is one of", fields{"values": list{"price", "coverage", "service", "moving", "other"}, "share": 0.95})
	expect(accuracy, s.of("A contact takes from 0 to 240 minutes"), "minutes", "is between", fields{"low": 0, "high": 240})
	expect(timeliness, s.of("Contacts are at most four hours old"), "opened_at", "is no older than", fields{"high": 4})
	s.meet(t.all()...)
}

// careContacts is the source that is not to be had yet.
func (s *script) careContacts(d sources) {
	t := s.team
	s.at(6, 15, 5)
	talk := s.says(t.dataEngineer, remark{
		about: d.care, field: "access",
		text: s.of("@Daniel Okafor the works council asks what the agents' notes are for. Could you write in two sentences which fields you need? Without the notes we would have access by Friday."),
	})
	s.meet(t.all()...)
	s.at(7, 9, 35)
	s.says(t.expert, remark{
		about: d.care, field: "access", answers: talk,
		text: s.of("Reason, solved or not, and the time are enough for now. Leave the notes out; if the model misses complaints we ask again."),
	})
	s.meet(t.all()...)
}
