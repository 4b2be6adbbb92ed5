package discovery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"time"

	"cairn/core/id"
)

const (
	// WorkspacesMost is how many workspaces one device announces. Their tokens
	// fit one string of a TXT record, which has 255 bytes.
	WorkspacesMost = 8

	instanceSize = 8
	tokenSize    = 8
	tokenDomain  = "cairn/lan/1"

	textVersion = "v=1"
	textTokens  = "t="
)

// token is what an instance says of a workspace for a day.
type token [tokenSize]byte

// tokenOf returns the token of ws that instance announces on the day that is so
// many days after 1970 began, in UTC.
func tokenOf(ws id.Workspace, instance string, day uint32) token {
	h := hmac.New(sha256.New, ws[:])
	h.Write([]byte(tokenDomain))
	h.Write([]byte(instance))
	h.Write(binary.BigEndian.AppendUint32(nil, day))
	return token(h.Sum(nil))
}

func dayOf(t time.Time) uint32 { return uint32(max(t.Unix(), 0) / (24 * 60 * 60)) }

// newInstance draws a name for one start.
func newInstance(random io.Reader) (string, error) {
	var b [instanceSize]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", err
	}
	return hex.EncodeToString(b[:]), nil
}

// IsInstance reports whether name can be that of an announcement: 16
// hexadecimal digits in lower case.
func IsInstance(name string) bool {
	return len(name) == hex.EncodedLen(instanceSize) && !strings.ContainsFunc(name, func(c rune) bool {
		return (c < '0' || c > '9') && (c < 'a' || c > 'f')
	})
}

// textOf returns the strings of the TXT record in which instance announces
// workspaces, in an order that does not tell theirs.
func textOf(workspaces []id.Workspace, instance string, day uint32) []string {
	var all []byte
	tokens := make([]token, len(workspaces))
	for i, ws := range workspaces {
		tokens[i] = tokenOf(ws, instance, day)
	}
	slices.SortFunc(tokens, func(a, b token) int { return slices.Compare(a[:], b[:]) })
	for _, t := range tokens {
		all = append(all, t[:]...)
	}
	return []string{textTokens + base64.RawURLEncoding.EncodeToString(all), textVersion}
}

// recognise returns which of workspaces the TXT record of instance announces. A
// clock may be a day off.
func recognise(workspaces []id.Workspace, instance string, text []string, day uint32) []id.Workspace {
	tokens := tokensIn(text)
	var known []id.Workspace
	for _, ws := range workspaces {
		for d := max(day, 1) - 1; d <= day+1; d++ {
			// What is compared was sent in the clear: there is nothing to hide from
			// who measures time.
			if slices.Contains(tokens, tokenOf(ws, instance, d)) {
				known = append(known, ws)
				break
			}
		}
	}
	return known
}

// tokensIn returns what a TXT record announces, nothing if it is not of this
// version. Strings that a later version adds are passed over.
func tokensIn(text []string) []token {
	if !slices.Contains(text, textVersion) {
		return nil
	}
	for _, entry := range text {
		encoded, found := strings.CutPrefix(entry, textTokens)
		if !found || len(encoded) > base64.RawURLEncoding.EncodedLen(WorkspacesMost*tokenSize) {
			continue
		}
		all, err := base64.RawURLEncoding.DecodeString(encoded)
		if err != nil || len(all)%tokenSize != 0 {
			return nil
		}
		var tokens []token
		for t := range slices.Chunk(all, tokenSize) {
			tokens = append(tokens, token(t))
		}
		return tokens
	}
	return nil
}
