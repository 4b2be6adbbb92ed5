package sources

import "cairn/ui/words"

// choices are what the fields of a source can hold.
var choices = map[string][]string{
	Form:     {"table", "files", "stream", "API", "documents"},
	Refresh:  {"continuous", "hourly", "daily", "weekly", "monthly", "once"},
	Personal: {"yes", "no", "unsure"},
	Access:   {"open", "requested", "granted", "refused"},
}

// Choices returns what a field of a source can hold, as it is stored.
func Choices(field string) []string { return choices[field] }

// Said returns what a value that a field can hold is called, nothing for none.
func Said(field, value string) string {
	switch field + " " + value {
	case "form table":
		return words.T("Table")
	case "form files":
		return words.T("Files")
	case "form stream":
		return words.T("Stream")
	case "form API":
		return words.T("API")
	case "form documents":
		return words.T("Documents")
	case "refresh continuous":
		return words.T("continuously")
	case "refresh hourly":
		return words.T("hourly")
	case "refresh daily":
		return words.T("daily")
	case "refresh weekly":
		return words.T("weekly")
	case "refresh monthly":
		return words.T("monthly")
	case "refresh once":
		return words.T("once")
	default:
		return saidOfUse(field, value)
	}
}

func saidOfUse(field, value string) string {
	switch field + " " + value {
	case "personal_data yes":
		return words.T("Yes")
	case "personal_data no":
		return words.T("No")
	case "personal_data unsure":
		return words.T("Not sure yet")
	case "access open":
		return words.T("Open to all")
	case "access requested":
		return words.T("Requested")
	case "access granted":
		return words.T("Granted")
	case "access refused":
		return words.T("Refused")
	default:
		return ""
	}
}

// Label returns what a field of a source or an expectation is called.
func Label(field string) string {
	switch field {
	case Name:
		return words.T("Name")
	case About:
		return words.T("What does it hold?")
	case Location:
		return words.T("Where is it?")
	case Form:
		return words.T("Form")
	case Refresh:
		return words.T("New data come")
	case Owner:
		return words.T("Who can answer for it?")
	case Personal:
		return words.T("Does it hold personal data?")
	case Access:
		return words.T("Access")
	default:
		return labelOfRule(field)
	}
}

func labelOfRule(field string) string {
	switch field {
	case Statement:
		return words.T("What must hold?")
	case Dimension:
		return words.T("Dimension")
	case Column:
		return words.T("Column")
	case Rule:
		return words.T("Rule")
	case Low:
		return words.T("From")
	case High:
		return words.T("To")
	case Values:
		return words.T("Values")
	case Pattern:
		return words.T("Pattern")
	case Share:
		return words.T("Of the rows, at least")
	default:
		return words.T("Why?")
	}
}

func checkSource(shown map[string]string) map[string]string {
	if shown[Name] == "" {
		return map[string]string{Name: words.T("Give it a name that people ask for it by.")}
	}
	return nil
}
