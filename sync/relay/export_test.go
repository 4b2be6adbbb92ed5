package relay

import (
	"crypto/ed25519"

	"cairn/core/id"
)

// VisitSubject returns where a device leaves its request.
func VisitSubject(ws id.Workspace, invite ed25519.PublicKey, device id.Device) string {
	return namesOf(ws).visit(subjectJoin, invite, device)
}

// RequestBytes returns a request as it is sealed.
func RequestBytes(r JoinRequest) []byte { return appendRequest(nil, [nonceSize]byte{1}, r) }
