package node

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"cairn/app"
	"cairn/core/fault"
)

var (
	// ErrNoNode is returned by Find when no node announces itself.
	ErrNoNode = errors.New("no node announces itself")
	// ErrGone is in the chain of a call's error when the node had ended before
	// the request reached it: nothing has happened.
	ErrGone = errors.New("the node is gone")
)

// pingWithin is how long a node on this machine may take to say that it lives.
const pingWithin = 2 * time.Second

// Client asks the node that holds a folder. It is safe for concurrent use.
type Client struct {
	announced Announcement
	http      *http.Client
}

// Find returns a client of the node that has announced itself in dir. That the
// announcement is there does not mean that the node still runs: the first call
// tells, by fault.Offline.
func Find(dir string) (*Client, error) {
	b, err := os.ReadFile(filepath.Join(dir, announcementFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNoNode
	}
	if err != nil {
		return nil, fmt.Errorf("read the node's announcement: %w", err)
	}
	c := &Client{http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if err := json.Unmarshal(b, &c.announced); err != nil {
		return nil, ErrNoNode // half a file of a node that was killed
	}
	return c, nil
}

// PID returns the process that announced itself.
func (c *Client) PID() int { return c.announced.PID }

// Ping returns nil if the node answers.
func (c *Client) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingWithin)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.announced.API+"/health", http.NoBody)
	if err != nil {
		return fmt.Errorf("address the node: %w", err)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return c.unreachable(ctx, err)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		return ErrGone
	}
	return nil
}

// Do carries call out on the node. Errors are the node's own faults;
// fault.Offline means that there is no node any more.
func Do[Req, Resp any](ctx context.Context, c *Client, call app.Call[Req, Resp], req Req) (Resp, error) {
	var resp Resp
	body, err := json.Marshal(req)
	if err != nil {
		return resp, fmt.Errorf("encode the request: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.announced.API+Prefix+call.Name, bytes.NewReader(body))
	if err != nil {
		return resp, fmt.Errorf("address the node: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+c.announced.Token)
	answer, err := c.http.Do(r)
	if err != nil {
		return resp, c.unreachable(ctx, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return resp, readProblem(answer)
	}
	if err := json.NewDecoder(answer.Body).Decode(&resp); err != nil {
		return resp, c.unreachable(ctx, err)
	}
	return resp, nil
}

func (c *Client) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		err = errors.Join(ErrGone, err)
	}
	return fault.Wrap(err, fault.Offline, fmt.Sprintf("The Cairn process %d that holds this workspace does not answer.", c.announced.PID), "Wait for it to end, or end it, and try again.")
}

func readProblem(answer *http.Response) error {
	var body problemBody
	err := json.NewDecoder(io.LimitReader(answer.Body, MaxRequestBytes)).Decode(&body)
	if err != nil || body.Error.Message == "" {
		return fault.Wrap(err, fault.Offline, fmt.Sprintf("Something else answers in the place of Cairn (status %d).", answer.StatusCode), "End the other program or remove node.json from the workspace folder.")
	}
	return fault.New(fault.ParseKind(body.Error.Kind), body.Error.Message, body.Error.Hint)
}
