package signoff

import (
	"strings"
	"unicode"

	"cairn/core/feed"
	"cairn/core/lifecycle"
	"cairn/ui/edit"
	"cairn/ui/words"
)

// roleName returns a role at the beginning of a line.
func roleName(role string) string {
	r := []rune(role)
	if len(r) == 0 {
		return words.T("Anybody who may approve")
	}
	r[0] = unicode.ToUpper(r[0])
	return words.Data(string(r))
}

// named returns people in a few words, none of whom is this person.
func (s *Standing) named(people []edit.Person) string {
	const most = 3
	names := make([]string, 0, most)
	for _, p := range people {
		if p.ID == s.Me.ID || len(names) == most {
			continue
		}
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// whose returns who can give an item.
func (s *Standing) whose(i Item) string {
	for _, p := range i.Persons {
		if p.ID == s.Me.ID {
			return words.T("You")
		}
	}
	switch {
	case len(i.Persons) > 0:
		return i.Persons[0].Name
	case len(i.Roles) > 0:
		return roleName(i.Roles[0])
	default:
		return ""
	}
}

// stands says how a sign-off stands to what the page says now.
func stands(o SignOff) string {
	switch o.Standing {
	case lifecycle.Holds:
		return words.T("Holds")
	case lifecycle.Outdated:
		return words.T("Changed since")
	case lifecycle.Revoked:
		return words.T("Taken back")
	case lifecycle.Replaced:
		return words.T("Replaced by a later one")
	default:
		return words.T("Does not count")
	}
}

// touch says what happened to a document.
func touch(t Touched) string {
	title := t.Title
	if t.Own {
		title = words.Data(title)
	}
	switch t.Touch {
	case lifecycle.TouchAdded:
		return words.T("Added: %s", title)
	case lifecycle.TouchRemoved:
		return words.T("Removed: %s", title)
	default:
		return title
	}
}

// fieldName returns what a field is called.
func fieldName(field string) string { return words.Data(feed.Label(field)) }

// clip shortens what people wrote to what a line bears.
func clip(text string) string {
	const most = 80
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return "–"
	}
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
