package link

import (
	"context"
	"crypto/ed25519"
	"io"
	"net/http"
	"sync"
	"time"

	"cairn/core/id"
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
// message and hint. Admit is called by several at once.
type Door interface {
	Admit(ctx context.Context, request JoinRequest) (JoinAnswer, error)
}

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
	case !ok || h.config.Door == nil:
		sayNo(w, told.noDoor)
		return
	case !h.joins.enter(h.config.Now()):
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
	answer, err := h.config.Door.Admit(ctx, request)
	if err != nil {
		h.config.Log.Info("somebody was not let in", "device", below.device.Short(), "cause", err)
		sayNo(w, err)
		return
	}
	h.config.Log.Info("somebody was let in", "device", below.device.Short())
	write(w, http.StatusOK, yes(answer))
}

func sayNo(w http.ResponseWriter, err error) { write(w, http.StatusForbidden, no(err)) }

func write(w http.ResponseWriter, status int, body answerBody) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body.bytes()) // who asked is gone if it fails
}
