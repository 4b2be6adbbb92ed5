package durable

import (
	"errors"
	"slices"
	"strings"
)

// OutOfSpace reports whether err says that there was no room for a write. Some
// libraries pass on only the text of the system's error: that counts too.
func OutOfSpace(err error) bool {
	return err != nil && slices.ContainsFunc(noRoom, func(no error) bool {
		return errors.Is(err, no) || strings.Contains(err.Error(), no.Error())
	})
}
