package relay

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"cairn/core/canon"
	"cairn/core/fault"
	"cairn/core/sentence"
)

// JoinRequest is what somebody with an invite asks. Signature is the invite's,
// over what member.JoinText returns; whether it fits is for the Door to find
// out.
type JoinRequest struct {
	Invite, Device     ed25519.PublicKey
	Signature          [ed25519.SignatureSize]byte
	Person, DeviceName string
}

const (
	// visitVersion is the version of requests and answers.
	visitVersion = 1
	// nameMost is how many bytes the name of a person or a device may have.
	nameMost = 256
	// refusalMost is how many bytes a refusal may have.
	refusalMost = 4 << 10
	nonceSize   = 16
)

// errVisit is returned for a request or an answer that cannot be read.
var errVisit = errors.New("malformed request or answer")

// appendRequest appends the form of r that decodeRequest reads. The nonce tells
// an answer to it from one to an earlier request.
func appendRequest(b []byte, nonce [nonceSize]byte, r JoinRequest) []byte {
	b = append(append(b, visitVersion), nonce[:]...)
	b = append(append(b, r.Invite...), r.Device...)
	b = append(b, r.Signature[:]...)
	b = canon.AppendBlock(b, []byte(r.Person))
	return filled(canon.AppendBlock(b, []byte(r.DeviceName)))
}

// filled brings b to a length that tells little.
func filled(b []byte) []byte { return append(b, make([]byte, padded(len(b))-len(b))...) }

// decodeRequest reads what appendRequest wrote, and nothing but that. The error
// wraps errVisit.
func decodeRequest(b []byte) (nonce [nonceSize]byte, r JoinRequest, err error) {
	in := canon.Reader{Rest: b, Malformed: errVisit}
	if in.Byte() != visitVersion {
		in.Fail("version")
	}
	copy(nonce[:], in.Bytes(nonceSize))
	r.Invite, r.Device = in.Bytes(ed25519.PublicKeySize), in.Bytes(ed25519.PublicKeySize)
	copy(r.Signature[:], in.Bytes(ed25519.SignatureSize))
	r.Person, r.DeviceName = name(&in), name(&in)
	return nonce, r, rest(in, len(b))
}

// name reads what somebody is called.
func name(in *canon.Reader) string {
	b := in.Block()
	if len(b) > nameMost || !utf8.Valid(b) {
		in.Fail("name")
	}
	return string(b)
}

// rest checks that nothing is left of a form of size bytes but what fills it.
func rest(in canon.Reader, size int) error {
	if in.Err != nil {
		return in.Err
	}
	for _, zero := range in.Rest {
		if zero != 0 {
			return fmt.Errorf("the padding says something: %w", errVisit)
		}
	}
	if padded(size-len(in.Rest)) != size {
		return fmt.Errorf("padded to %d bytes: %w", size, errVisit)
	}
	return nil
}

// refusal is a fault on its way to who may not come in, in the language of
// whoever reads it.
type refusal struct {
	Kind    string            `json:"kind"`
	Message sentence.Sentence `json:"message"`
	Hint    sentence.Sentence `json:"hint"`
}

// appendAnswer appends the form of an answer: nothing for who is admitted, and
// otherwise why not.
func appendAnswer(b []byte, nonce [nonceSize]byte, refused error) []byte {
	b = append(append(b, visitVersion), nonce[:]...)
	var why []byte
	if refused != nil {
		message, hint := fault.Told(refused)
		full, err := json.Marshal(refusal{fault.KindOf(refused).String(), message, hint})
		if err != nil || len(full) > refusalMost {
			full = []byte(`{"kind":"denied","message":{"format":"You were not let in."},"hint":{"format":""}}`)
		}
		why = full
	}
	return filled(canon.AppendBlock(b, why))
}

// decodeAnswer reads what appendAnswer wrote. The error wraps errVisit; refused
// is what the answer says.
func decodeAnswer(b []byte) (nonce [nonceSize]byte, refused, err error) {
	in := canon.Reader{Rest: b, Malformed: errVisit}
	if in.Byte() != visitVersion {
		in.Fail("version")
	}
	copy(nonce[:], in.Bytes(nonceSize))
	why := in.Block()
	if len(why) > refusalMost {
		in.Fail("refusal")
	}
	if err := rest(in, len(b)); err != nil || len(why) == 0 {
		return nonce, nil, err
	}
	var r refusal
	if err := json.Unmarshal(why, &r); err != nil {
		return nonce, nil, errors.Join(errVisit, err)
	}
	return nonce, &fault.Error{Kind: fault.ParseKind(r.Kind), Message: r.Message, Hint: r.Hint}, nil
}
