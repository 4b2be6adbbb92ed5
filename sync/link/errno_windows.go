package link

import (
	"errors"
	"syscall"
)

// What Winsock calls them; package syscall has names for other systems only.
const (
	wsaNetDown         syscall.Errno = 10050
	wsaNetUnreachable  syscall.Errno = 10051
	wsaRefused         syscall.Errno = 10061
	wsaHostUnreachable syscall.Errno = 10065
)

// isRefused reports whether an address was reached where nobody listens.
func isRefused(err error) bool { return errors.Is(err, wsaRefused) }

// isUnreachable reports whether no network leads to an address.
func isUnreachable(err error) bool {
	return errors.Is(err, wsaHostUnreachable) || errors.Is(err, wsaNetUnreachable) || errors.Is(err, wsaNetDown)
}
