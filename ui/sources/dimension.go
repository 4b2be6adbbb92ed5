package sources

import "cairn/ui/words"

// Dimensions are those of data quality, as they are stored.
var Dimensions = []string{"accuracy", "completeness", "consistency", "timeliness"}

// DimensionName returns a dimension at the beginning of a line.
func DimensionName(dimension string) string {
	switch dimension {
	case "accuracy":
		return words.T("Accuracy")
	case "completeness":
		return words.T("Completeness")
	case "consistency":
		return words.T("Consistency")
	case "timeliness":
		return words.T("Timeliness")
	default:
		return words.T("In no dimension yet")
	}
}

// Asks returns what a dimension asks of data.
func Asks(dimension string) string {
	switch dimension {
	case "accuracy":
		return words.T("Do the values say what is really the case?")
	case "completeness":
		return words.T("Is everything described that the model needs?")
	case "consistency":
		return words.T("Does the same word mean the same everywhere?")
	case "timeliness":
		return words.T("Are the data there when they are needed?")
	default:
		return words.T("Choose where each belongs.")
	}
}

// Suggestion is an expectation to begin with.
type Suggestion struct{ Statement, Rule string }

// Suggestions returns what is often expected in a dimension.
func Suggestions(dimension string) []Suggestion {
	switch dimension {
	case "accuracy":
		return []Suggestion{
			{words.T("Holds only numbers"), IsNumber},
			{words.T("Lies within what is possible"), IsBetween},
			{words.T("Is one of the values we know"), IsOneOf},
			{words.T("Is written as agreed"), Matches},
		}
	case "completeness":
		return []Suggestion{{words.T("Is never missing"), IsPresent}, {words.T("Holds only dates"), IsDate}}
	case "consistency":
		return []Suggestion{{words.T("Agrees with another column"), AgreesWith}, {words.T("Names each thing once"), IsUnique}, {words.T("Uses the same codes everywhere"), IsOneOf}}
	case "timeliness":
		return []Suggestion{{words.T("Is fresh enough"), NoOlderThan}}
	default:
		return nil
	}
}
