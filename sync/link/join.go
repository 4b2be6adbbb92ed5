package link

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"net"
	"net/http"

	"cairn/core/id"
)

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
