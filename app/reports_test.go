package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/report"
	"cairn/core/fault"
	"cairn/core/member"
)

// reported returns a report on the project Churn in Markdown.
func reported(tb testing.TB, n *apptest.Node, audience string) string {
	tb.Helper()
	made := apptest.Do(n, app.MakeReport, app.ReportRequest{Project: "churn", Format: report.Markdown, For: audience})
	content, err := made.Decode()
	if err != nil || len(content) != made.Bytes {
		tb.Fatalf("%d bytes, want %d: %v", len(content), made.Bytes, err)
	}
	return string(content)
}

// TestReportSaysWhatThereIs writes a document of each kind, and finds it said.
func TestReportSaysWhatThereIs(t *testing.T) {
	ada := apptest.Found(t, 1)
	me := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Person.ID.String()
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn", Summary: "Keep those who are about to leave."})
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Fraud"})
	churn, err := app.ValueTemplate("churn")
	if err != nil {
		t.Fatal(err)
	}
	apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: churn})
	write := func(project, kind string, fields map[string]string) string {
		return apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: kind, Project: project, Fields: fields}).ID.String()
	}
	write("Churn", "charter", map[string]string{"problem": "They leave without a word.", "viability": "viable"})
	recall := write("Churn", "requirement", map[string]string{"title": "Churners found", "metric": "recall", "comparison": ">=", "threshold": "80", "unit": "%", "owner": me})
	write("Churn", "requirement", map[string]string{"title": "Explains itself"})
	write("Churn", "key_metric", map[string]string{"name": "Found", "column": "business", "requirements": recall, "variable": "accuracy"})
	source := write("Churn", "data_source", map[string]string{"name": "Billing", "owner": me, "refresh": "daily"})
	write("Churn", "expectation", map[string]string{"source": source, "statement": "No gaps", "dimension": "completeness", "rule": "is present", "column": "amount"})
	write("Churn", "responsibility", map[string]string{"role": "data scientist", "person": me, "design": "accountable"})
	write("Churn", "comment", map[string]string{"about": source, "body": "Since when?"})
	write("Churn", "comment", map[string]string{"about": source, "body": "Never mind.", "resolved": "true"})
	write("Fraud", "requirement", map[string]string{"title": "Elsewhere"})
	gone := write("Churn", "requirement", map[string]string{"title": "Given up"})
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: gone})

	got := reported(t, ada, "")
	for _, want := range []string{
		"# Churn\n", "Keep those who are about to leave.", `\$3,200** a month`, "They leave without a word.", "held viable",
		"| Other | Churners found | recall: at least 80 % | Ada |", "Explains itself | Can't be measured yet<br>What is missing: metric, comparison, threshold | nobody yet |",
		"Serves: Churners found<br>Measures: Churners the model finds", "| **Billing** | Daily | Ada |", "| Completeness | No gaps<br>amount is present | Billing |",
		"| **Data scientist** | Ada | **Accountable** |", "| Billing | Since when? | Ada<br>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
	for _, never := range []string{"Elsewhere", "Given up", "Never mind."} {
		if strings.Contains(got, never) {
			t.Errorf("the report has %q", never)
		}
	}
	if again := reported(t, ada, ""); again != got {
		t.Error("the same project gives another report")
	}
}

// TestReportSaysWhatIsOpen has two people disagree and a model that is wrong.
func TestReportSaysWhatIsOpen(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	recall := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "value_model", Project: "Churn", Fields: map[string]string{"name": "Half", "unit": "USD/month", "formula": "a *"}})
	ben.Pull(ada)
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: recall, Field: "threshold", Value: "85"})
	ben.Clock.Advance(time.Second)
	apptest.Do(ben, app.SetField, app.SetFieldRequest{ID: recall, Field: "threshold", Value: "75"})
	apptest.Settle(ada, ben)
	got := reported(t, ben, "stakeholder")
	for _, want := range []string{
		"In dispute: threshold. The strictest counts.", "recall: at least 85 %", "| Find churners<br>Requirement | Threshold | 75<br>85 |", "This value model can't be estimated: ", "**Made by:** Ben",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}

func TestReportThatThereIsNot(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	for want, req := range map[fault.Kind]app.ReportRequest{
		fault.NotFound: {Project: "Nothing"},
		fault.Invalid:  {Project: "Churn", For: "boss"},
	} {
		if _, err := app.MakeReport.Do(t.Context(), ada.App, req); fault.KindOf(err) != want {
			t.Errorf("%+v: %v, want %s", req, err, want)
		}
	}
	for _, req := range []app.ReportRequest{{Project: "Churn", Format: "docx"}, {Project: "Churn", Language: "fr"}} {
		if _, err := app.MakeReport.Do(t.Context(), ada.App, req); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", req, err)
		}
	}
}

// BenchmarkReport writes the PDF of a project with a value model and 1,000
// requirements, from what is stored.
func BenchmarkReport(b *testing.B) {
	ada := apptest.Found(b, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	churn, err := app.ValueTemplate("churn")
	if err != nil {
		b.Fatal(err)
	}
	apptest.Do(ada, app.SaveValueModel, app.SaveValueModelRequest{Project: "Churn", Model: churn})
	for i := range 1000 {
		agreed(ada, fmt.Sprintf("Requirement %d", i), fmt.Sprintf("metric_%d", i), ">=", "80", "%")
	}
	for b.Loop() {
		apptest.Do(ada, app.MakeReport, app.ReportRequest{Project: "Churn", Format: report.PDF})
	}
}

// TestReportSaysWhatWasSignedOff signs a page off, and changes what it says.
func TestReportSaysWhatWasSignedOff(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	charter := apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "charter", Project: "Churn", Fields: map[string]string{
		"problem": "They leave.", "decision": "Whom to call.", "needs_ml": "yes", "viability": "viable",
	}}).ID.String()
	if got := reported(t, ada, ""); !strings.Contains(got, "### Still missing\n") {
		t.Errorf("the report does not say what is missing:\n%s", got)
	}
	apptest.Do(ada, app.GiveSignOff, app.GiveSignOffRequest{Project: "Churn", Scope: "charter", Verdict: "approved", Note: "Go."})
	if got := reported(t, ada, ""); !strings.Contains(got, "Approved<br>Go. | Yes |") {
		t.Errorf("the report does not say that the charter is approved:\n%s", got)
	}
	ada.Clock.Advance(time.Hour)
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: charter, Field: "viability", Value: "undecided"})
	if got := reported(t, ada, ""); !strings.Contains(got, "Changed since<br>the charter |") {
		t.Errorf("the report does not say that the charter has changed:\n%s", got)
	}
}
