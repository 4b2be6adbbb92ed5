package words

import (
	"strings"

	"cairn/core/fault"
)

// Fault returns what went wrong and what to do about it, as one text in the
// language in use.
func Fault(err error) string {
	message, hint := Message(err), Hint(err)
	switch {
	case hint == "":
		return message
	case !strings.HasSuffix(message, "."): // a file may stand at its end
		message += "."
	}
	return message + " " + hint
}

// Message returns what went wrong.
func Message(err error) string {
	message, _ := fault.Told(err)
	return message.In(Data)
}

// Hint returns what a person can do about it in the window, empty when nobody
// knows.
func Hint(err error) string {
	_, hint := fault.Told(err)
	return hint.In(Data)
}
