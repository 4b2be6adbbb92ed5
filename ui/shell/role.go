package shell

import "unicode"

// RoleName returns a role as it stands at the beginning of a line, in English.
func RoleName(role string) string {
	r := []rune(role)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}
