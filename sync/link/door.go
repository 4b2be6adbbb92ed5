package link

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/sentence"
)

const (
	// joinMost is how long what is said at the door may be, in either direction.
	joinMost = 4 << 10
	// joinsMost is how many are at the door at once, joinsBurst how many may come
	// one after another, and joinsEvery how much later one more may.
	joinsMost  = 8
	joinsBurst = 16
	joinsEvery = 2 * time.Second
	// joinTimeout is how long a joiner may take, the answer included.
	joinTimeout = 30 * time.Second
	// nameMost is how many bytes the name of a person or device has at most.
	nameMost = 200
)

// JoinRequest is what somebody says who has an invitation. The Signature is that
// of the invite's key over member.JoinText.
type JoinRequest struct {
	Invite, Device     ed25519.PublicKey
	Signature          []byte
	Person, DeviceName string
}

// JoinAnswer is what somebody learns who is let in.
type JoinAnswer struct {
	Workspace id.Workspace
	Person    id.Person
}

// Door decides who joins. Request.Device is the key that who asks has proved to
// hold; all else is only what they say. An error is a fault, of which they read
// message and hint in English. Admit is called by several at once.
type Door interface {
	Admit(ctx context.Context, request JoinRequest) (JoinAnswer, error)
}

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

// joinVersion is the version of both bodies.
const joinVersion = 1

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

// joins bounds what happens at the door.
type joins struct {
	mu   sync.Mutex
	now  int     // at the door
	left float64 // that may come at once
	at   time.Time
}

// enter reports whether one more may come to the door.
func (j *joins) enter(now time.Time) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.at.IsZero() {
		j.left = joinsBurst
	} else {
		j.left = min(joinsBurst, j.left+max(0, float64(now.Sub(j.at))/float64(joinsEvery)))
	}
	j.at = now
	if j.now == joinsMost || j.left < 1 {
		return false
	}
	j.now++
	j.left--
	return true
}

func (j *joins) leave() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now--
}

// answerJoin lets the Door answer a stranger.
func (h *Host) answerJoin(w http.ResponseWriter, r *http.Request) {
	below, ok := r.Context().Value(visitor{}).(*secure)
	switch {
	case !ok || h.Door == nil:
		sayNo(w, told.noDoor)
		return
	case !h.joins.enter(h.Now()):
		sayNo(w, told.crowded)
		return
	}
	defer h.joins.leave()
	below.ticket.extend(joinTimeout)
	ctx, cancel := context.WithTimeout(r.Context(), joinTimeout)
	defer cancel()
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, joinMost))
	if err != nil {
		sayNo(w, said(told.unread, err, ""))
		return
	}
	request, err := readJoin(data)
	if err != nil {
		sayNo(w, said(told.unread, err, ""))
		return
	}
	request.Device = below.key
	answer, err := h.Door.Admit(ctx, request)
	if err != nil {
		h.Log.Info("somebody was not let in", "device", below.device.Short(), "cause", err)
		sayNo(w, err)
		return
	}
	h.Log.Info("somebody was let in", "device", below.device.Short())
	write(w, http.StatusOK, yes(answer))
}

func sayNo(w http.ResponseWriter, err error) { write(w, http.StatusForbidden, no(err)) }

func write(w http.ResponseWriter, status int, body answerBody) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body.bytes()) // who asked is gone if it fails
}

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

// sayMost is how many bytes a part of a sentence of another device has at most.
const sayMost = 500

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
		b.Args = append(b.Args, a.In(func(text string) string { return text }))
	}
	return b
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

// Inviter is a device that lets somebody join, and where it may be.
type Inviter struct {
	Device    id.Device
	Addresses []string // host and port
	// Dial opens a stream to an address; it is that of TCP if nil.
	Dial func(ctx context.Context, address string) (net.Conn, error)
}

// Join asks the inviter, who has to be at one of its addresses, to admit the
// device that has key. Request.Device is filled in. Who was let in connects like
// anybody: with a Host, and Reach. The error is a fault.
func Join(ctx context.Context, key ed25519.PrivateKey, to Inviter, request JoinRequest) (JoinAnswer, error) {
	if len(key) != ed25519.PrivateKeySize {
		return JoinAnswer{}, errors.New("join: not a device key")
	}
	identity, err := identityOf(key)
	if err != nil {
		return JoinAnswer{}, err
	}
	if to.Dial == nil {
		to.Dial = dialTCP
	}
	below, address, err := race(ctx, to.Dial, secured(identity, &to.Device), to.Addresses)
	if err != nil {
		return JoinAnswer{}, err
	}
	defer func() { _ = below.Close() }()
	ctx, cancel := context.WithTimeout(ctx, joinTimeout)
	defer cancel()
	answer, err := ask(ctx, below, request)
	if err != nil {
		return JoinAnswer{}, explain(err, address)
	}
	return answer, nil
}

func ask(ctx context.Context, below *secure, request JoinRequest) (JoinAnswer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+hostName+pathJoin, bytes.NewReader(request.body()))
	if err != nil {
		return JoinAnswer{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Close = true
	response, err := over(below).Do(r)
	if err != nil {
		return JoinAnswer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(response.Body, joinMost))
	if err != nil {
		return JoinAnswer{}, err
	}
	return readAnswer(response.StatusCode, data)
}
