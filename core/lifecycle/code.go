package lifecycle

// Code says what an item or a step is about. Programs depend on it: a code is
// never given another meaning.
type Code string

// The codes of what a page lacks.
const (
	CharterProblem      Code = "charter_problem"
	CharterDecision     Code = "charter_decision"
	CharterNeedsML      Code = "charter_needs_ml"
	CharterViability    Code = "charter_viability"
	CharterPresent      Code = "charter_present"
	CharterUsers        Code = "charter_users"
	CharterStakeholders Code = "charter_stakeholders"
	CharterWithoutML    Code = "charter_without_ml"
	CharterReasons      Code = "charter_reasons"

	ValueBegin   Code = "value_begin"
	ValueBroken  Code = "value_broken"
	ValueNoRange Code = "value_no_range"
	ValueCosts   Code = "value_costs"
	ValueRange   Code = "value_range"
	ValueSource  Code = "value_source"

	RequirementsBegin      Code = "requirements_begin"
	RequirementsMeasurable Code = "requirements_measurable"
	RequirementTitle       Code = "requirement_title"
	RequirementOwner       Code = "requirement_owner"
	RequirementMetric      Code = "requirement_metric"
	RequirementComparison  Code = "requirement_comparison"
	RequirementThreshold   Code = "requirement_threshold"
	RequirementsUsers      Code = "requirements_users"
	RequirementsCompliance Code = "requirements_compliance"
	RequirementsBudget     Code = "requirements_budget"
	RequirementsTeam       Code = "requirements_team"

	MetricsScientist  Code = "metrics_data_scientist"
	MetricsExpert     Code = "metrics_expert"
	MetricsBusiness   Code = "metrics_business"
	MetricName        Code = "metric_name"
	MetricUnlinked    Code = "metric_unlinked"
	MetricColumn      Code = "metric_column"
	MetricDefinition  Code = "metric_definition"
	MetricRequirement Code = "metric_requirement"
	MetricVariable    Code = "metric_variable"
	RequirementServed Code = "requirement_unserved"

	SourcesBegin   Code = "sources_begin"
	SourceName     Code = "source_name"
	SourceOwner    Code = "source_owner"
	SourcePersonal Code = "source_personal_data"
	SourceAccess   Code = "source_access"
	SourceRefused  Code = "source_refused"
	SourceQuality  Code = "source_quality"
	QualityMissing Code = "quality_missing"

	RolesBegin       Code = "roles_begin"
	RolesName        Code = "roles_name"
	RolesAccountable Code = "roles_accountable"
	RolesSeveral     Code = "roles_several"
	RolesResponsible Code = "roles_responsible"
	RolesPerson      Code = "roles_person"

	PageUnready    Code = "page_unready"
	PageUnapproved Code = "page_unapproved"

	InConflict Code = "conflict"
	Newer      Code = "newer"
	Mention    Code = "mention"
	MentionYou Code = "mention_you"
	Rejection  Code = "rejection"
)

// The codes of steps beside those.
const (
	GiveSignOff  Code = "sign_off"
	RenewSignOff Code = "sign_off_again"
	EndPhase     Code = "sign_off_design"
	RenewPhase   Code = "sign_off_design_again"
	GiveNobody   Code = "sign_off_nobody" // nobody may approve
)

// wording is how something is said, and one more sentence that says why.
type wording struct{ say, why string }

// text is all that is said about a code, and the roles that can give it.
type text struct {
	wording
	roles []string
	to    map[string]wording // role → how it is said to those who hold it, where that differs
}

func (t text) spokenTo(roles []string) wording {
	for _, r := range roles {
		if w, ok := t.to[r]; ok {
			return w
		}
	}
	return t.wording
}
