package relay

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strconv"
	"strings"

	"cairn/core/id"
	"cairn/core/oplog"
)

// Mark stands for the hash of a batch where the relay can read it. It is keyed
// with the workspace's name, so that who guesses a batch can't see that it is
// there.
type Mark [16]byte

// tagText spells tags: a subject and a stream may consist of these.
var tagText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// names is what a workspace is called at the relay. All of it follows from the
// workspace's name, which the relay never sees.
type names struct {
	workspace id.Workspace
	tag       string
	marks     [sha256.Size]byte
	heads     [sha256.Size]byte
}

func namesOf(ws id.Workspace) *names {
	n := &names{workspace: ws, marks: derived(ws, "mark", nil), heads: derived(ws, "head", nil)}
	n.tag = tagOf(derived(ws, "tag", nil))
	return n
}

// derived returns what is known only to who knows the workspace's name.
func derived(ws id.Workspace, what string, of []byte) [sha256.Size]byte {
	h := hmac.New(sha256.New, ws[:])
	h.Write([]byte("cairn/relay/1/" + what))
	h.Write([]byte{0})
	h.Write(of)
	return [sha256.Size]byte(h.Sum(nil))
}

// tagBytes is how much of a derived name stands in a tag: nobody finds a second
// one with the same.
const tagBytes = 16

func tagOf(name [sha256.Size]byte) string { return tagText.EncodeToString(name[:tagBytes]) }

// mark returns the mark of a batch, zero for none.
func (n *names) mark(hash oplog.Hash) (m Mark) {
	if hash.IsZero() {
		return m
	}
	h := hmac.New(sha256.New, n.marks[:])
	h.Write(hash[:])
	copy(m[:], h.Sum(nil))
	return m
}

// The streams: one of the logs, from which nothing is ever deleted, and one of
// those who ask to come in, which forgets.
func (n *names) stream() string { return "cairn-" + n.tag }
func (n *names) door() string   { return "cairn-" + n.tag + "-door" }

// The subjects below a tag.
const (
	subjectData    = "log"
	subjectControl = "ctl"
	subjectJoin    = "join"
	subjectAnswer  = "answer"
)

// all returns the pattern of the subjects of a kind.
func (n *names) all(kind string) string { return "cairn." + n.tag + "." + kind + ".>" }

// subject returns where the batches of log are.
func (n *names) subject(log id.Log, control bool) string {
	return "cairn." + n.tag + "." + kindOf(control) + "." + log.String()
}

func kindOf(control bool) string {
	if control {
		return subjectControl
	}
	return subjectData
}

// logOf reads what subject returns, and nothing but that.
func (n *names) logOf(subject string) (log id.Log, control, ok bool) {
	parts := strings.Split(subject, ".")
	if len(parts) != 5 {
		return log, false, false
	}
	device, deviceErr := strconv.ParseUint(parts[3], 16, 64)
	incarnation, incarnationErr := strconv.ParseUint(parts[4], 16, 32)
	if deviceErr != nil || incarnationErr != nil {
		return log, false, false
	}
	log, control = id.Log{Device: id.ShortDevice(device), Incarnation: uint32(incarnation)}, parts[2] == subjectControl
	return log, control, !log.IsZero() && subject == n.subject(log, control)
}

// inviteTag returns what an invite is called at the relay.
func (n *names) inviteTag(invite ed25519.PublicKey) string {
	return tagOf(derived(n.workspace, "invite", invite))
}

// visit returns the subject of what a device that has an invite asks, or of
// what it is answered.
func (n *names) visit(kind string, invite ed25519.PublicKey, device id.Device) string {
	return "cairn." + n.tag + "." + kind + "." + n.inviteTag(invite) + "." + hex.EncodeToString(device[:8])
}
