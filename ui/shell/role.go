package shell

import "unicode"

// LifecycleRoles are those of the lifecycle, as they are stored. A team may name others.
var LifecycleRoles = []string{"business stakeholder", "subject matter expert", "data scientist", "data engineer", "ML engineer"}

// RoleName returns a role as it stands at the beginning of a line, in English.
func RoleName(role string) string {
	r := []rune(role)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}
