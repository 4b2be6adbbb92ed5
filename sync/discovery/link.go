package discovery

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"cairn/core/canon"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
)

// Link is what an invited person needs to join a workspace. Whoever has it can
// join: it is a secret, and belongs in no log. Role and Expires are only told;
// what holds is the invite in the workspace itself.
type Link struct {
	Workspace id.Workspace
	Secret    [32]byte  // seed of the invite's Ed25519 key
	Inviter   id.Device // whom to dial, and the only one to believe
	Addresses []string  // host:port, where the inviter may be
	Relay     string    // URL, or nothing
	Role      member.Role
	Expires   time.Time // to the second; zero for never
}

const (
	// AddressesMost is how many addresses a link carries.
	AddressesMost = 4
	// RelayMost is the length of a relay's URL in bytes: a token, a host's name
	// and the pin of a certificate, or two servers of a cluster.
	RelayMost = 120
	// LinkMost is the length of a link in characters. As a QR code it has 73
	// modules a side, which a camera reads from a screen and from paper.
	LinkMost = 352

	linkPrefix  = "cairn://join/"
	linkVersion = 1
	linkDomain  = "cairn/link/1"

	linkHead = 1 + 1 + len(id.Workspace{}) + 32 + len(id.Device{}) + 1 + 4
	linkSum  = 4
	hostMost = 64
)

// The fields that follow the head. They are sent: add at the end, never reorder.
const (
	fieldIPv4 byte = 1 + iota
	fieldIPv6
	fieldHost
	fieldRelay
)

var linkText = base64.RawURLEncoding

// linkBytesMost is how many bytes fit the text.
var linkBytesMost = linkText.DecodedLen(LinkMost - len(linkPrefix) - len("1/"))

// Check returns nil if String leaves nothing out but addresses beyond the first,
// and otherwise a fault that says what does not fit.
func (l Link) Check() error {
	switch {
	case len(l.Relay) > RelayMost:
		return fault.New(fault.Invalid, "The address of the relay has %d characters, more than the %d that fit an invite link.", "Use a shorter address.").With(len(l.Relay), RelayMost)
	case l.Relay != "" && !printable(l.Relay):
		return fault.New(fault.Invalid, "The address of the relay has characters that no address has.", "Write it as it was given to you, for example wss://relay.example.org.")
	case !l.Role.Valid():
		return fault.New(fault.Invalid, "An invite link is for a person with a role in the workspace.", "Choose a role.")
	}
	return nil
}

// String returns the link as text of at most LinkMost characters. Addresses that
// nobody elsewhere can dial, and those that do not fit, are left out; see Check
// for the rest.
func (l Link) String() string {
	return linkPrefix + strconv.Itoa(linkVersion) + "/" + linkText.EncodeToString(l.bytes())
}

// LogValue keeps the secret out of logs.
func (l Link) LogValue() slog.Value { return slog.StringValue("invite link") }

func (l Link) bytes() []byte {
	b := []byte{linkVersion, 0}
	b = append(b, l.Workspace[:]...)
	b = append(b, l.Secret[:]...)
	b = append(b, l.Inviter[:]...)
	b = append(b, byte(l.Role))
	b = binary.BigEndian.AppendUint32(b, expiry(l.Expires))
	if l.Relay != "" && len(l.Relay) <= RelayMost && printable(l.Relay) {
		b = appendField(b, fieldRelay, []byte(l.Relay))
	}
	count := 0
	for _, address := range l.Addresses {
		kind, content, ok := packAddress(address)
		if ok && count < AddressesMost && len(b)+2+len(content)+linkSum <= linkBytesMost {
			b = appendField(b, kind, content)
			count++
		}
	}
	b[1] = byte(len(b) + linkSum)
	sum := sumOf(b)
	return append(b, sum[:]...)
}

func appendField(b []byte, kind byte, content []byte) []byte {
	return append(append(b, kind, byte(len(content))), content...)
}

func sumOf(b []byte) [linkSum]byte {
	sum := sha256.Sum256(append([]byte(linkDomain), b...))
	return [linkSum]byte(sum[:])
}

// expiry returns t in seconds since 1970, 0 for never.
func expiry(t time.Time) uint32 {
	if t.IsZero() {
		return 0
	}
	return uint32(min(max(t.Unix(), 1), 1<<32-1))
}

// packAddress returns the shortest form of host:port. Addresses with a zone mean
// something on one machine only.
func packAddress(address string) (kind byte, content []byte, ok bool) {
	if a, err := netip.ParseAddrPort(address); err == nil {
		ip, port := a.Addr().Unmap(), a.Port()
		if !dialable(ip) || port == 0 {
			return 0, nil, false
		}
		kind = fieldIPv6
		if ip.Is4() {
			kind = fieldIPv4
		}
		return kind, binary.BigEndian.AppendUint16(ip.AsSlice(), port), true
	}
	host, text, err := net.SplitHostPort(address)
	port, portErr := strconv.ParseUint(text, 10, 16)
	if err != nil || portErr != nil || port == 0 || !isHost(host) {
		return 0, nil, false
	}
	return fieldHost, append(binary.BigEndian.AppendUint16(nil, uint16(port)), host...), true
}

func dialable(ip netip.Addr) bool {
	return ip.Zone() == "" && (ip.IsGlobalUnicast() || ip.Is4() && ip.IsLinkLocalUnicast())
}

// unpackAddress reads what packAddress gave.
func unpackAddress(kind byte, content []byte) (string, bool) {
	switch size := len(content) - 2; {
	case kind == fieldIPv4 && size == 4, kind == fieldIPv6 && size == 16:
		ip, _ := netip.AddrFromSlice(content[:size])
		port := binary.BigEndian.Uint16(content[size:])
		return netip.AddrPortFrom(ip, port).String(), port != 0 && dialable(ip) && !ip.Is4In6()
	case kind == fieldHost && size > 0 && isHost(string(content[2:])):
		port := binary.BigEndian.Uint16(content)
		_, err := netip.ParseAddr(string(content[2:]))
		return net.JoinHostPort(string(content[2:]), strconv.Itoa(int(port))), port != 0 && err != nil
	}
	return "", false
}

// isHost reports whether host may be the name of a machine.
func isHost(host string) bool {
	return host != "" && len(host) <= hostMost && !strings.ContainsFunc(host, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '.' && c != '_'
	})
}

// printable reports whether text has visible ASCII characters only.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' })
}

// unpack reads the bytes of a link, nil when they are not one.
func unpack(b []byte) *Link {
	if len(b) < linkHead+linkSum || int(b[1]) != len(b) {
		return nil
	}
	body, sum := b[:len(b)-linkSum], b[len(b)-linkSum:]
	if want := sumOf(body); !bytes.Equal(sum, want[:]) {
		return nil
	}
	r := canon.Reader{Rest: body[2:], Malformed: errLink}
	l := &Link{Workspace: id.Workspace(r.Bytes(32)), Secret: [32]byte(r.Bytes(32)), Inviter: id.Device(r.Bytes(32)), Role: member.Role(r.Byte())}
	if seconds := binary.BigEndian.Uint32(r.Bytes(4)); seconds > 0 {
		l.Expires = time.Unix(int64(seconds), 0).UTC()
	}
	for len(r.Rest) > 0 {
		kind := r.Byte()
		content := r.Bytes(int(r.Byte()))
		if r.Err != nil || !l.field(kind, content) {
			return nil
		}
	}
	return l
}

// field takes a field, and reports whether it is one. Those of a later version
// are passed over.
func (l *Link) field(kind byte, content []byte) bool {
	switch kind {
	case fieldIPv4, fieldIPv6, fieldHost:
		address, ok := unpackAddress(kind, content)
		l.Addresses = append(l.Addresses, address)
		return ok && len(l.Addresses) <= AddressesMost
	case fieldRelay:
		first := l.Relay == ""
		l.Relay = string(content)
		return first && l.Relay != "" && len(l.Relay) <= RelayMost && printable(l.Relay)
	}
	return true
}
