package relay

import (
	"crypto/ed25519"

	"cairn/core/id"
)

// What tests and golden files see of the formats.
var (
	Unbundle     = unbundle
	Bundle       = bundle
	Padded       = padded
	MessageMost  = messageMost
	BundleMost   = bundleMost
	OverheadMost = overheadMost
)

// VisitSubjects returns where a device leaves its request, and where its answer
// is left.
func VisitSubjects(ws id.Workspace, invite ed25519.PublicKey, device id.Device) (join, answer string) {
	n := namesOf(ws)
	return n.visit(subjectJoin, invite, device), n.visit(subjectAnswer, invite, device)
}

// StreamsOf returns the names of a workspace's streams.
func StreamsOf(ws id.Workspace) (logs, door string) {
	n := namesOf(ws)
	return n.stream(), n.door()
}

// SubjectOf returns where the batches of a log are.
func SubjectOf(ws id.Workspace, log id.Log, control bool) string {
	return namesOf(ws).subject(log, control)
}

// LogOf reads a subject.
func LogOf(ws id.Workspace, subject string) (id.Log, bool, bool) { return namesOf(ws).logOf(subject) }

// HeadOf returns the header of a message, and its ID behind the message that
// guard says.
func HeadOf(ws id.Workspace, log id.Log, control bool, raws [][]byte, guard uint64) (header, name string, err error) {
	n := namesOf(ws)
	h, err := n.headOf(log, control, raws)
	return n.sign(n.subject(log, control), h), messageID(log, h, guard), err
}

// Sign adds its proof to the text of a head, whatever that says.
func Sign(ws id.Workspace, subject, text string) string {
	return text + " " + hexOf(namesOf(ws).proof(subject, text))
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 2*len(b))
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

// ReadHead reads a header, and returns its text as it is written.
func ReadHead(ws id.Workspace, subject, value string) (first, end uint64, text string, err error) {
	h, err := namesOf(ws).readHead(subject, value)
	return h.first, h.end(), h.text(), err
}

// AppendRequest and the others are the forms of what is sealed for the door.
func AppendRequest(r JoinRequest) []byte { return appendRequest(nil, [nonceSize]byte{1}, r) }

// DecodeRequest reads a request and writes it again.
func DecodeRequest(b []byte) (JoinRequest, []byte, error) {
	nonce, r, err := decodeRequest(b)
	if err != nil {
		return r, nil, err
	}
	return r, appendRequest(nil, nonce, r), nil
}

// AppendAnswer returns an answer as it is sealed.
func AppendAnswer(refused error) []byte { return appendAnswer(nil, [nonceSize]byte{1}, refused) }

// DecodeAnswer reads an answer.
func DecodeAnswer(b []byte) (refused, err error) {
	_, refused, err = decodeAnswer(b)
	return refused, err
}

// The errors of what cannot be read.
var (
	ErrForeign = errForeign
	ErrBundle  = errBundle
	ErrVisit   = errVisit
)
