package link

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/sentence"
)

// joinBody is a JoinRequest as it is sent. The device is that of the connection.
type joinBody struct {
	Version    int    `json:"version"`
	Invite     string `json:"invite"`    // hexadecimal
	Signature  string `json:"signature"` // hexadecimal
	Person     string `json:"person"`
	DeviceName string `json:"device_name"`
}

// answerBody is a JoinAnswer as it is sent, or why there is none.
type answerBody struct {
	Version   int           `json:"version"`
	Workspace string        `json:"workspace,omitempty"` // hexadecimal
	Person    string        `json:"person,omitempty"`    // base32
	Kind      string        `json:"kind,omitempty"`
	Message   *sentenceBody `json:"message,omitempty"`
	Hint      *sentenceBody `json:"hint,omitempty"`
}

const (
	// joinVersion is the version of both bodies.
	joinVersion = 1
	// nameMost is how many bytes the name of a person or device has at most.
	nameMost = 200
	// sayMost is how many bytes a part of a sentence of another device has at most.
	sayMost = 500
)

func (r JoinRequest) body() []byte {
	return marshal(joinBody{joinVersion, hex.EncodeToString(r.Invite), hex.EncodeToString(r.Signature), r.Person, r.DeviceName})
}

// readJoin reads what a joiner sends, but for its device.
func readJoin(data []byte) (JoinRequest, error) {
	var b joinBody
	if err := json.Unmarshal(data, &b); err != nil {
		return JoinRequest{}, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if b.Version != joinVersion {
		return JoinRequest{}, fmt.Errorf("version %d: %w", b.Version, errVersion)
	}
	r := JoinRequest{Person: b.Person, DeviceName: b.DeviceName}
	var err error
	if r.Invite, err = unhex(b.Invite, ed25519.PublicKeySize); err != nil {
		return JoinRequest{}, err
	}
	if r.Signature, err = unhex(b.Signature, ed25519.SignatureSize); err != nil {
		return JoinRequest{}, err
	}
	if !isName(b.Person) || !isName(b.DeviceName) {
		return JoinRequest{}, fmt.Errorf("a name: %w", errMalformed)
	}
	return r, nil
}

func unhex(text string, size int) ([]byte, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != size {
		return nil, fmt.Errorf("%d hexadecimal digits, want %d: %w", len(text), 2*size, errMalformed)
	}
	return b, nil
}

// isName reports whether text can be the name of a person or device, or none.
func isName(text string) bool { return len(text) <= nameMost && isSaid(text) }

// yes answers somebody who is let in.
func yes(a JoinAnswer) answerBody {
	return answerBody{Version: joinVersion, Workspace: a.Workspace.String(), Person: a.Person.String()}
}

// no answers with what a person may read of an error.
func no(err error) answerBody {
	message, hint := fault.Told(err)
	return answerBody{Version: joinVersion, Kind: fault.KindOf(err).String(), Message: bodyOf(message), Hint: bodyOf(hint)}
}

func (b answerBody) bytes() []byte { return marshal(b) }

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("link: %+v is no JSON: %v", v, err))
	}
	return b
}

// sentenceBody is a sentence as it is sent: the format, so that who reads it can
// look for a translation, and what stands in its places.
type sentenceBody struct {
	Format string   `json:"format"`
	Args   []string `json:"args,omitempty"`
}

func bodyOf(s sentence.Sentence) *sentenceBody {
	if s.IsZero() {
		return nil
	}
	b := &sentenceBody{Format: s.Format}
	for _, a := range s.Args {
		b.Args = append(b.Args, clip(a.In(func(text string) string { return text })))
	}
	if _, err := b.read(); err != nil {
		return &sentenceBody{Format: "%s", Args: []string{clip(s.String())}}
	}
	return b
}

// clip returns what of text can be sent.
func clip(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for len(text) > sayMost {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// read returns a sentence of another device as it may be shown.
func (b *sentenceBody) read() (sentence.Sentence, error) {
	if b == nil {
		return sentence.Sentence{}, nil
	}
	places := strings.Count(b.Format, "%s")
	if strings.Count(b.Format, "%") != places || len(b.Args) != places || !isSaid(b.Format) {
		return sentence.Sentence{}, fmt.Errorf("a sentence: %w", errMalformed)
	}
	s := sentence.Sentence{Format: b.Format}
	for _, text := range b.Args {
		if !isSaid(text) {
			return sentence.Sentence{}, fmt.Errorf("a part of a sentence: %w", errMalformed)
		}
		s.Args = append(s.Args, sentence.Wrote(text))
	}
	return s, nil
}

// isSaid reports whether text of another device may be shown.
func isSaid(text string) bool {
	return len(text) <= sayMost && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// readAnswer reads what comes back from the door.
func readAnswer(status int, data []byte) (JoinAnswer, error) {
	var b answerBody
	if err := json.Unmarshal(data, &b); err != nil {
		return JoinAnswer{}, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if b.Version != joinVersion {
		return JoinAnswer{}, fmt.Errorf("version %d: %w", b.Version, errVersion)
	}
	if status != http.StatusOK {
		message, err := b.Message.read()
		if err != nil {
			return JoinAnswer{}, err
		}
		hint, err := b.Hint.read()
		if err != nil {
			return JoinAnswer{}, err
		}
		if message.IsZero() {
			return JoinAnswer{}, fmt.Errorf("status %d without a reason: %w", status, errMalformed)
		}
		return JoinAnswer{}, &fault.Error{Kind: fault.ParseKind(b.Kind), Message: message, Hint: hint}
	}
	var a JoinAnswer
	if err := a.Workspace.UnmarshalText([]byte(b.Workspace)); err != nil {
		return JoinAnswer{}, fmt.Errorf("%w: %w", errMalformed, err)
	}
	person, err := id.ParseDoc(b.Person)
	if err != nil {
		return JoinAnswer{}, fmt.Errorf("%w: %w", errMalformed, err)
	}
	a.Person = person
	return a, nil
}
