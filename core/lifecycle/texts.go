package lifecycle

// texts are what is said about each code. A format has a %s for each of the
// arguments of the code's items; a why has none.
var texts = map[Code]text{
	CharterProblem: {
		wording: wording{"Describe the problem and its context.", "Everything else in this phase answers to it."},
		roles:   []string{Stakeholder, Expert},
	},
	CharterDecision: {
		wording: wording{"Name the decision that the model changes.", "A prediction that changes no decision is worth nothing."},
		roles:   []string{Stakeholder, Expert},
		to: map[string]wording{
			DataScientist: {"Name the decision that the model changes.", "It says what to predict, for whom and when."},
		},
	},
	CharterNeedsML: {
		wording: wording{"Answer whether machine learning is called for.", "A rule or a report may do, and costs less to keep."},
		roles:   []string{DataScientist, Expert},
	},
	CharterViability: {
		wording: wording{"Decide whether the project is viable.", "The team should not build what nobody means to use or pay for."},
		roles:   []string{Stakeholder},
		to: map[string]wording{
			Stakeholder: {"Decide whether the project is viable.", "It is your money and your team's time: say yes or no before more of them is spent."},
		},
	},
	CharterPresent: {
		wording: wording{"Describe how it is decided today.", "The model is worth what it does better than that."},
		roles:   []string{Expert, Stakeholder},
	},
	CharterUsers: {
		wording: wording{"Name who will use the predictions.", "They decide how fast, how exact and how clear an answer must be."},
		roles:   []string{Stakeholder, Expert},
	},
	CharterStakeholders: {
		wording: wording{"Name who has a say, or bears the cost.", "Who is asked late objects late."},
		roles:   []string{Stakeholder},
	},
	CharterWithoutML: {
		wording: wording{"Say what a rule or a report could do instead.", "It is what the model will be compared with."},
		roles:   []string{Expert, DataScientist},
	},
	CharterReasons: {
		wording: wording{"Write down the reasons behind the verdict.", "In a year nobody remembers why it was decided so."},
		roles:   []string{Stakeholder},
	},

	ValueBegin: {
		wording: wording{"Estimate what the model is worth.", "It decides how much the rest may cost; a template makes a start."},
		roles:   []string{Stakeholder, Expert},
		to: map[string]wording{
			Stakeholder:   {"Estimate what the model will earn.", "It tells what you may spend on it; a template makes a start."},
			DataScientist: {"Estimate what the model is worth.", "It tells which errors cost the most, and so what to optimise."},
		},
	},
	ValueBroken: {
		wording: wording{"Correct %s: %s", "Nothing can be said about its worth until it computes."},
		roles:   []string{Stakeholder, Expert, DataScientist},
	},
	ValueNoRange: {
		wording: wording{"Give a low and a high end for %s.", "No number has a range, so the estimate looks surer than it is; this one moves it most."},
		roles:   []string{Expert, DataScientist},
	},
	ValueCosts: {
		wording: wording{"Say what the model costs to build and to run.", "What it earns means little before costs."},
		roles:   []string{Stakeholder, MLEngineer},
		to: map[string]wording{
			Stakeholder: {"Say what the model costs to build and to run.", "You approve what is left, not what comes in."},
			MLEngineer:  {"Say what the model costs to build and to run.", "You know what serving, watching and retraining take."},
		},
	},
	ValueRange: {
		wording: wording{"Give a low and a high end for %s.", "It moves the value most, and counts as certain."},
		roles:   []string{Expert, DataScientist},
	},
	ValueSource: {
		wording: wording{"Say where the number for %s comes from.", "A number with a source can be checked; one without is a guess."},
		roles:   []string{Expert, Stakeholder},
	},

	RequirementsBegin: {
		wording: wording{"Write down the first business requirement.", "What is not agreed now is argued about later."},
		roles:   []string{Stakeholder, Expert},
	},
	RequirementsMeasurable: {
		wording: wording{"Make a requirement measurable: a metric, a comparison and a threshold.", "Only what can be measured is enforced from here on."},
		roles:   []string{DataScientist, Expert},
		to: map[string]wording{
			Stakeholder: {"Agree on one number that the model must reach.", "From then on nothing goes into production below it."},
		},
	},
	RequirementTitle: {
		wording: wording{"Give a requirement its title.", "Nobody can agree to what has no name."},
		roles:   []string{Stakeholder, Expert},
	},
	RequirementOwner: {
		wording: wording{"Say who owns the requirement %s.", "The owner is asked when it can't be met."},
		roles:   []string{Stakeholder},
	},
	RequirementMetric: {
		wording: wording{"Name the metric that %s is measured by.", "It is half way to being enforced."},
		roles:   []string{DataScientist, Expert},
	},
	RequirementComparison: {
		wording: wording{"Say how the metric of %s must stand to its threshold.", "It is half way to being enforced."},
		roles:   []string{DataScientist, Expert},
	},
	RequirementThreshold: {
		wording: wording{"Agree on the threshold of %s.", "It is half way to being enforced."},
		roles:   []string{Stakeholder, Expert},
	},
	RequirementsUsers: {
		wording: wording{"Ask what the users need: speed, accuracy, transparency.", "No requirement speaks for them yet."},
		roles:   []string{Stakeholder, Expert},
	},
	RequirementsCompliance: {
		wording: wording{"Ask which rules and regulations hold.", "No requirement is about compliance yet."},
		roles:   []string{Stakeholder, Expert},
	},
	RequirementsBudget: {
		wording: wording{"Write down the budget.", "No requirement says what may be spent."},
		roles:   []string{Stakeholder},
	},
	RequirementsTeam: {
		wording: wording{"Write down who can work on it, and how much.", "No requirement is about the team yet."},
		roles:   []string{Stakeholder},
	},

	MetricsScientist: {
		wording: wording{"Add a metric of the data scientist: how often the model is right.", "Without it nobody can tell two models apart."},
		roles:   []string{DataScientist},
	},
	MetricsExpert: {
		wording: wording{"Add a metric of the subject matter expert: what changes in the domain.", "A model can be right often and still help nobody."},
		roles:   []string{Expert},
	},
	MetricsBusiness: {
		wording: wording{"Add a metric of the business: what it earns or saves.", "It is what the other two are for."},
		roles:   []string{Stakeholder},
	},
	MetricName: {
		wording: wording{"Give a key metric its name.", "A requirement refers to it by that name."},
		roles:   []string{DataScientist, Expert},
	},
	MetricUnlinked: {
		wording: wording{"Link the metric %s to a requirement or to the value estimate.", "A number that serves nothing will be watched by nobody."},
		roles:   []string{DataScientist, Expert},
	},
	MetricColumn: {
		wording: wording{"Say whose metric %s is.", "The board compares what three of you look at."},
		roles:   []string{DataScientist, Expert},
	},
	MetricDefinition: {
		wording: wording{"Define the metric %s.", "Two people compute the same name differently."},
		roles:   []string{DataScientist, Expert},
	},
	MetricRequirement: {
		wording: wording{"Link %s anew: a requirement that it served is gone.", "The thread is cut there."},
		roles:   []string{DataScientist, Expert},
	},
	MetricVariable: {
		wording: wording{"Link %s anew: the value estimate has no such variable.", "The thread is cut there."},
		roles:   []string{DataScientist, Expert},
	},
	RequirementServed: {
		wording: wording{"Add a key metric for the requirement %s.", "It can be measured, and no key metric serves it."},
		roles:   []string{DataScientist, Expert},
	},

	SourcesBegin: {
		wording: wording{"Name the first data source.", "What the model can learn depends on what there is."},
		roles:   []string{DataEngineer, Expert},
	},
	SourceName: {
		wording: wording{"Give a data source its name.", "People must be able to ask for it."},
		roles:   []string{DataEngineer, Expert},
	},
	SourceOwner: {
		wording: wording{"Say who can answer for the data source %s.", "Somebody has to know what its columns mean, and say yes to their use."},
		roles:   []string{DataEngineer, Expert},
	},
	SourcePersonal: {
		wording: wording{"Answer whether %s holds personal data.", "If it does, the law has a say in what you may do with it."},
		roles:   []string{DataEngineer, Expert},
	},
	SourceAccess: {
		wording: wording{"Ask for access to %s.", "Access takes longer than anybody plans for."},
		roles:   []string{DataEngineer},
	},
	SourceRefused: {
		wording: wording{"Find another way to %s, or another source: access was refused.", "Training can't start without data."},
		roles:   []string{DataEngineer, Stakeholder},
	},
	SourceQuality: {
		wording: wording{"Say what %s must keep to: nothing is expected of its %s.", "Every source can fail in its own way."},
		roles:   []string{DataEngineer, Expert},
	},
	QualityMissing: {
		wording: wording{"Say what you expect of the data's %s.", "An expectation written now becomes a check later, before faulty data reach a model."},
		roles:   []string{DataEngineer, Expert},
	},

	RolesBegin: {
		wording: wording{"Say who is involved in which phase.", "Work that is everybody's is nobody's."},
		roles:   []string{Stakeholder},
	},
	RolesName: {
		wording: wording{"Give a role its name.", "Nobody can hold what has no name."},
		roles:   []string{Stakeholder},
	},
	RolesAccountable: {
		wording: wording{"Say who is accountable for %s.", "One has to answer for it in the end."},
		roles:   []string{Stakeholder},
	},
	RolesSeveral: {
		wording: wording{"Leave one accountable for %s: %s are.", "Two who answer for it each count on the other."},
		roles:   []string{Stakeholder},
	},
	RolesResponsible: {
		wording: wording{"Say who does the work in %s.", "Nobody is responsible for it yet."},
		roles:   []string{Stakeholder},
	},
	RolesPerson: {
		wording: wording{"Say who in the team is the %s.", "The role has work to do, and nobody holds it."},
		roles:   []string{Stakeholder},
	},

	PageUnready: {
		wording: wording{"Finish %s first.", "The phase is signed off as a whole."},
	},
	PageUnapproved: {
		wording: wording{"Have %s signed off.", "Not everybody whose word it wants has given it."},
	},

	InConflict: {
		wording: wording{"Settle the %s of %s: people wrote different values.", "Both are kept until somebody chooses."},
	},
	Newer: {
		wording: wording{"Update Cairn: a later version has changed %s.", "This version can't show all of it."},
	},
	Mention: {
		wording: wording{"Answer %s: a comment asks %s to look.", "It stays open until somebody resolves it."},
	},
	MentionYou: {
		wording: wording{"Answer %s: a comment asks you to look.", "It stays open until somebody resolves it."},
	},
	Rejection: {
		wording: wording{"Settle what %s rejected about %s.", "It can't be approved as it stands."},
	},

	GiveSignOff: {
		wording: wording{"Look at %s and sign off.", "Nothing is missing any more; your word is."},
		to: map[string]wording{
			Stakeholder: {"Look at %s and sign off.", "From then on the team builds on it."},
		},
	},
	RenewSignOff: {
		wording: wording{"Look at %s again: it has changed since you approved it.", "Your approval holds for what it said then."},
	},
	EndPhase: {
		wording: wording{"Sign off %s.", "Every page is ready; development can begin."},
	},
	RenewPhase: {
		wording: wording{"Look at %s again: it has changed since you approved it.", "Your approval holds for what it said then."},
	},
	GiveNobody: {
		wording: wording{"Let somebody approve: nobody who may sign off %s is left.", "An administrator gives the right."},
	},
}
