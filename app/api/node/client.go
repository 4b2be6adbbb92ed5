package node

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"cairn/app"
	"cairn/core/fault"
)

var (
	// ErrNoNode is returned by Find when no node announces itself.
	ErrNoNode = errors.New("no node announces itself")
	// ErrGone is in the chain of Ping's error when no node answers, and of Do's
	// when the node had ended before it took the request: nothing has happened.
	ErrGone = errors.New("the node is gone")
)

const (
	// pingWithin is how long a node on this machine may take to say that it lives.
	pingWithin = 2 * time.Second
	// continueWithin is how long it may take to ask for a request's body, which
	// is sent unasked after that.
	continueWithin = 10 * time.Second
)

// Client asks the node that holds a folder. It is safe for concurrent use.
type Client struct {
	announced Announcement
	http      *http.Client
}

// Find returns a client of the node that has announced itself in dir, ErrNoNode
// if none has. That the announcement is there does not mean that the node still
// runs: Ping tells.
func Find(dir string) (*Client, error) {
	a, err := readAnnouncement(dir)
	if err != nil {
		return nil, err
	}
	return &Client{announced: a, http: &http.Client{
		// No proxy, and a connection for each request: one that waits for the
		// next may be closed by the node just when that goes out.
		Transport:     &http.Transport{DisableKeepAlives: true, ExpectContinueTimeout: continueWithin},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// PID returns the process that announced itself.
func (c *Client) PID() int { return c.announced.PID }

// Ping returns nil if the node answers and proves to be the one that announced
// itself. Call it before Do: the proof is what keeps a stranger, who has taken
// over the port of a node that was killed, from being asked.
func (c *Client) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingWithin)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.announced.API+"/health", http.NoBody)
	if err != nil {
		return fmt.Errorf("address the node: %w", err)
	}
	challenge := rand.Text()
	r.Header.Set(challengeHeader, challenge)
	answer, err := c.http.Do(r)
	if err != nil {
		return errors.Join(ErrGone, c.unreachable(ctx, err))
	}
	given := answer.Header.Get(proofHeader)
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		return ErrGone
	}
	if !hmac.Equal([]byte(given), []byte(proof(c.announced.Token, challenge))) {
		return ErrGone
	}
	return nil
}

// Do carries call out on the node. Errors are the node's own faults;
// fault.Offline means that there is no node any more.
func Do[Req, Resp any](ctx context.Context, c *Client, call app.Call[Req, Resp], req Req) (Resp, error) {
	var resp Resp
	encoded, err := json.Marshal(req)
	if err != nil {
		return resp, fmt.Errorf("encode the request: %w", err)
	}
	body := &watchedBody{Reader: bytes.NewReader(encoded)}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.announced.API+Prefix+call.Name, body)
	if err != nil {
		return resp, fmt.Errorf("address the node: %w", err)
	}
	r.ContentLength = int64(len(encoded))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+c.announced.Token)
	r.Header.Set("Expect", "100-continue")
	answer, err := c.http.Do(r)
	if err != nil {
		if body.begun.Load() {
			return resp, c.unanswered(ctx, err)
		}
		if ctx.Err() != nil {
			return resp, ctx.Err()
		}
		return resp, errors.Join(ErrGone, c.unreachable(ctx, err))
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return resp, readProblem(answer)
	}
	if err := json.NewDecoder(answer.Body).Decode(&resp); err != nil {
		return resp, c.unanswered(ctx, err)
	}
	return resp, nil
}

// watchedBody is a request's body that tells whether any of it has been sent.
// It is sent only once the node asks for it (Expect: 100-continue), so a
// connection that breaks before has changed nothing, and the request can be
// repeated.
type watchedBody struct {
	*bytes.Reader
	begun atomic.Bool
}

// Read implements io.Reader.
func (b *watchedBody) Read(p []byte) (int, error) {
	b.begun.Store(true)
	return b.Reader.Read(p)
}

// WriteTo implements io.WriterTo, which a copy prefers to Read.
func (b *watchedBody) WriteTo(w io.Writer) (int64, error) {
	b.begun.Store(true)
	return b.Reader.WriteTo(w)
}

// unanswered is the error of a request that was sent: nobody knows what became
// of it.
func (c *Client) unanswered(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fault.Wrap(err, fault.Offline, "The Cairn process %d that holds this workspace ended before it answered.", "Look whether it did what was asked before you ask again.").With(c.announced.PID)
}

func (c *Client) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fault.Wrap(err, fault.Offline, "The Cairn process %d that holds this workspace does not answer.", "Wait for it to end, or end it, and try again.").With(c.announced.PID)
}

func readProblem(answer *http.Response) error {
	var body problemBody
	err := json.NewDecoder(io.LimitReader(answer.Body, MaxRequestBytes)).Decode(&body)
	if err != nil || body.Error.Message == "" {
		return fault.Wrap(err, fault.Offline, "Something else answers in the place of Cairn (status %d).", "End the other program or remove node.json from the workspace folder.").With(answer.StatusCode)
	}
	return body.Error.fault()
}
