package report_test

import (
	"testing"
	"time"

	"cairn/app/report"
	"cairn/assets"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/thread"
	"cairn/core/value"
)

// estimate works a template out, with other numbers where set says so.
func estimate(tb testing.TB, template string, set map[string]string) *value.Estimate {
	tb.Helper()
	raw, err := assets.Templates.ReadFile("templates/" + template + ".yaml")
	if err != nil {
		tb.Fatal(err)
	}
	m, err := value.ReadYAML(raw)
	if err != nil {
		tb.Fatal(err)
	}
	if m, err = m.With(set); err != nil {
		tb.Fatal(err)
	}
	plan, err := value.Check(m)
	if err != nil {
		tb.Fatal(err)
	}
	e, err := plan.Estimate(value.Options{Seed: 1})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func gate(metric string, comparison thread.Comparison, threshold float64, unit string) thread.Gate {
	return thread.Gate{Unit: unit, Bounds: []thread.Bound{{Metric: metric, Comparison: comparison, Threshold: threshold}}}
}

// demo is a project of a small team, with something of everything.
func demo(tb testing.TB) report.Project {
	tb.Helper()
	day := time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)
	return report.Project{
		ID: "0199", Name: "Churn reduction", Summary: "Find the customers who are about to leave, and offer them a lower price before they do.",
		Workspace: "Acme Telecom", By: "Ada Lovelace", At: day,
		People: []report.Person{
			{"Ada Lovelace", []string{"data scientist"}},
			{"Grace Hopper", []string{"ML engineer", "data engineer"}},
			{"Min-ji Kim", []string{"business stakeholder"}},
			{"Omar Haddad", []string{"subject matter expert"}},
		},
		Models: []report.Model{{Name: "Churn", Estimate: estimate(tb, "churn", nil)}},
		Charter: &noun.Charter{
			Problem:  "About 1,000 of 100,000 customers cancel each month. Most of them never complained, so the care team learns of it when the cancellation arrives.\n\nWinning a customer back costs five times what keeping one does.",
			Decision: "Whom the care team calls with the discount, each Monday.",
			Present:  "The team calls customers whose contract ends within a month, in no particular order.",
			Users:    []string{"Care team (12 people)", "Campaign management"}, Stakeholders: []string{"Head of customer care", "Data protection officer"},
			NeedsML: "yes", Viability: "viable", Reasons: "A rule on the end of the contract finds 22 % of those who leave. A first model on last year's data found 74 %.",
			WithoutML: "Call by the end of the contract, and by the number of support calls.",
		},
		Requirements: []report.Requirement{
			{Title: "At least 80 % of churners found", Area: "accuracy", Owner: "Min-ji Kim", Notes: "Below that the campaign does not pay for the discount.", Gate: gate("recall", thread.AtLeast, 80, "%")},
			{Title: "An answer while the customer is on the line", Area: "speed", Owner: "Grace Hopper", Gate: gate("latency_p99", thread.AtMost, 200, "ms")},
			{Title: "No more than half of the calls go to customers who would have stayed", Area: "accuracy", Gate: gate("precision", thread.AtLeast, 50, "%")},
			{Title: "The care team sees why a customer is on the list", Area: "transparency", Owner: "Omar Haddad", Missing: []thread.Part{thread.PartMetric, thread.PartThreshold}},
			{Title: "Running costs stay within the budget", Area: "budget", Owner: "Min-ji Kim", Gate: gate("cost_per_month", thread.Below, 1000, "USD/month")},
			{Title: "Contracts of minors are never scored", Area: "compliance", Owner: "Omar Haddad", Gate: thread.Gate{Bounds: []thread.Bound{{Metric: "minors_scored", Comparison: thread.Equal}}, Disputed: []thread.Part{thread.PartThreshold}}},
		},
		Columns: []report.MetricColumn{
			{"data scientist", []report.Metric{
				{Name: "Recall", Definition: "True positives of all who leave, on the hold-out set.", Unit: "%", Direction: "higher is better", Requirements: []string{"At least 80 % of churners found"}, Variable: "accuracy"},
				{Name: "Log loss", Direction: "lower is better", Unlinked: true},
			}},
			{"expert", []report.Metric{{Name: "Calls that were worth it", Definition: "Share of called customers who had in fact thought of leaving.", Unit: "%", Direction: "higher is better", Requirements: []string{"No more than half of the calls go to customers who would have stayed"}}}},
			{"business", []report.Metric{{Name: "Customers kept", Unit: "customers a month", Direction: "higher is better", Variable: "kept"}}},
		},
		Sources: []report.Source{
			{noun.DataSource{Name: "Billing", About: "One row per contract and month.", Location: "warehouse.billing.invoices", Form: "table", Refresh: "daily", PersonalData: "yes", Access: "granted"}, "Grace Hopper"},
			{noun.DataSource{Name: "Support calls", About: "One row per call, with its reason.", Location: "s3://support/calls", Form: "files", Refresh: "weekly", PersonalData: "yes", Access: "requested"}, ""},
		},
		Expectations: []report.Expectation{
			{noun.Expectation{Statement: "Every invoice has an amount", Dimension: "completeness", Column: "amount", Rule: "is present"}, "Billing"},
			{noun.Expectation{Statement: "Amounts are plausible", Dimension: "accuracy", Column: "amount", Rule: "is between", Low: new(0.0), High: new(500.0), Share: new(0.999), Why: "The most expensive plan is $480."}, "Billing"},
			{noun.Expectation{Statement: "Contract numbers look alike everywhere", Dimension: "consistency", Column: "contract", Rule: "matches", Pattern: `^C-\d{8}$`}, "Support calls"},
		},
		Responsibilities: []report.Responsibility{
			{noun.Responsibility{Role: "business stakeholder", Design: "accountable", Development: "informed", Deployment: "accountable", Monitoring: "informed"}, "Min-ji Kim"},
			{noun.Responsibility{Role: "subject matter expert", Design: "consulted", Development: "consulted", Monitoring: "responsible"}, "Omar Haddad"},
			{noun.Responsibility{Role: "data scientist", Design: "responsible", Development: "accountable", Deployment: "consulted", Monitoring: "consulted"}, "Ada Lovelace"},
			{noun.Responsibility{Role: "ML engineer", Design: "consulted", Development: "responsible", Deployment: "responsible", Monitoring: "accountable", Notes: "Also data engineer until March."}, "Grace Hopper"},
		},
		SignOffs: []report.SignOff{
			{Scope: "value", Person: "Min-ji Kim", Role: "business stakeholder", Approved: true, Note: "Fine, if the discount stays at $2.", At: day.AddDate(0, 0, -3), Amount: new(3200.0), Unit: "USD/month", Standing: report.Valid},
			{Scope: "requirements", Person: "Omar Haddad", Role: "subject matter expert", Approved: true, At: day.AddDate(0, 0, -9), Standing: report.Changed, Touched: []report.Touched{{sentence.Arg{Text: "Running costs stay within the budget"}, "changed"}, {sentence.Arg{Text: "Contracts of minors are never scored"}, "added"}}},
			{Scope: "sources", Person: "Grace Hopper", Role: "data engineer", Approved: true, At: day.AddDate(0, 0, -12), Standing: report.NotCounted, Reason: sentence.Sentence{Format: "%s has no right to approve.", Args: []sentence.Arg{{Text: "Grace Hopper"}}}},
			{Scope: "charter", Person: "Min-ji Kim", Role: "business stakeholder", At: day.AddDate(0, 0, -20), Note: "Who pays for the calls?", Standing: report.Valid},
		},
		Missing: []sentence.Sentence{
			{Format: "The requirement “%s” has no owner.", Args: []sentence.Arg{{Text: "No more than half of the calls go to customers who would have stayed"}}},
			{Format: "Nothing is expected of the %s of the data.", Args: []sentence.Arg{{Text: "timeliness", Own: true}}},
		},
		Conflicts: []report.Conflict{{Kind: "requirement", Title: "Contracts of minors are never scored", Field: "threshold", Values: []string{"0", "5"}}},
		Comments:  []report.Comment{{By: "Omar Haddad", At: day.AddDate(0, 0, -1), About: "Support calls", Body: "The reason codes changed in June. Is that in the data?"}},
	}
}
