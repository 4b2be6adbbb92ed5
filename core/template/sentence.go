package template

// What is wrong with a template.
const (
	noName       = "It needs a name."
	notLine      = "It is longer than %s characters, or more than one line."
	tooLong      = "It is longer than %s characters."
	noPhase      = `There is no phase called "%s".`
	noSections   = "It has no sections."
	manySections = "It has %s sections; %s is the most."
	manyFields   = "It has %s fields; %s is the most."
	tooLarge     = "It takes more than %s KiB as a whole."
	badKey       = `The key "%s" has something else than letters, digits, hyphens and underscores in it, or is too long.`
	sectionTwice = `Another section has the key "%s".`
	fieldTwice   = `Another field has the key "%s".`
	noTitle      = "It needs a title."
	noFields     = "It has no fields."
	noLabel      = "It needs a label: the question."
	noKind       = `There is no kind of field called "%s".`
	fewChoices   = "There is nothing to choose between."
	manyChoices  = "It has %s choices; %s is the most."
	choiceEmpty  = "One of the choices is empty."
	choiceTwice  = `The choice "%s" is there twice.`
	noChoicesFor = "Only fields to choose in have choices."
	noUnitFor    = "Only numbers and amounts of money have a unit."
	noCurrency   = `"%s" is no currency.`
	noDocument   = `There are no documents of a kind "%s" in a project.`
	noLinkFor    = "Only links lead to a kind of document."
)

// What to do about it.
const (
	hintName     = "Say in a few words what it is for."
	hintShorter  = "Say it shorter."
	hintPhases   = "The phases are design, development, deployment and monitoring; leave it empty for any."
	hintSection  = "Add a section with a field."
	hintSplit    = "Split it into two templates."
	hintKey      = "Leave the key out, and one is made."
	hintTwice    = "Give each its own key."
	hintTitle    = "Say what its fields have in common."
	hintFields   = "Add a field, or take the section out."
	hintLabel    = "Ask what you want to know."
	hintKinds    = "The kinds are %s."
	hintChoices  = "Write at least two choices."
	hintChoice   = "Take one of them out."
	hintAway     = "Take it out, or choose another kind."
	hintCurrency = "Write the code of one, such as USD."
	hintDocument = "Choose one of %s."
)

// What is wrong with an answer.
const (
	notNumber    = `"%s" is not a number. Write one such as 1,200 or 0.8.`
	notPercent   = `"%s" is not a percentage. Write one such as 80 %%.`
	notMoney     = `"%s" is not an amount. Write one such as 12,000.`
	notDate      = `"%s" is not a date. Write one such as 2026-03-31.`
	notChoice    = `"%s" is not one of the choices.`
	notYesNo     = `"%s" is neither yes nor no.`
	notDoc       = `"%s" is none of the documents that can be chosen here.`
	answerLine   = "This answer is longer than one line."
	answerNeeded = "This field needs an answer."
	kindUnknown  = "This field comes from a later version of Cairn."
)

// What changes from one version to the next.
const (
	saidRenamed          = `The template was called "%s" and is called "%s".`
	saidExplained        = "What the template is for is explained anew."
	saidPhase            = "The template belongs to another phase."
	saidSectionAdded     = `The section "%s" is new.`
	saidSectionRemoved   = `The section "%s" is gone.`
	saidSectionRenamed   = `The section "%s" is called "%s".`
	saidSectionExplained = `The section "%s" is explained anew.`
	saidSectionMoved     = "The sections stand in another order."
	saidFieldAdded       = `The field "%s" is new.`
	saidFieldRemoved     = `The field "%s" is gone. Its answers are kept beside the worksheet.`
	saidFieldRelabelled  = `The field "%s" is called "%s". Its answers stay.`
	saidFieldKind        = `The field "%s" takes another kind of answer. Its answers stay, and are looked at anew.`
	saidFieldChoices     = `The field "%s" has other choices. Answers stay, also those that can no longer be chosen.`
	saidFieldUnit        = `The field "%s" is in another unit. Its answers stay as they were written.`
	saidFieldRequired    = `The field "%s" now needs an answer.`
	saidFieldOptional    = `The field "%s" may now stay empty.`
	saidFieldMoved       = `The field "%s" stands elsewhere. Its answers stay.`
	saidFieldExplained   = `The field "%s" is explained anew.`
)

// Formats returns the text of every sentence that this package makes, for those who
// translate them.
func Formats() []string {
	return []string{
		noName, notLine, tooLong, noPhase, noSections, manySections, manyFields, tooLarge, badKey, sectionTwice, fieldTwice,
		noTitle, noFields, noLabel, noKind, fewChoices, manyChoices, choiceEmpty, choiceTwice, noChoicesFor, noUnitFor,
		noCurrency, noDocument, noLinkFor,
		hintName, hintShorter, hintPhases, hintSection, hintSplit, hintKey, hintTwice, hintTitle, hintFields, hintLabel,
		hintKinds, hintChoices, hintChoice, hintAway, hintCurrency, hintDocument,
		notNumber, notPercent, notMoney, notDate, notChoice, notYesNo, notDoc, answerLine, answerNeeded, kindUnknown,
		saidRenamed, saidExplained, saidPhase, saidSectionAdded, saidSectionRemoved, saidSectionRenamed, saidSectionExplained,
		saidSectionMoved, saidFieldAdded, saidFieldRemoved, saidFieldRelabelled, saidFieldKind, saidFieldChoices, saidFieldUnit,
		saidFieldRequired, saidFieldOptional, saidFieldMoved, saidFieldExplained,
	}
}
