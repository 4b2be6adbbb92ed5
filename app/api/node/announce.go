package node

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"cairn/app/durable"
	"cairn/core/fault"
)

// Announcement tells other processes how to reach the node that holds a
// folder. It is the content of node.json.
type Announcement struct {
	API   string `json:"api"` // base URL
	Token string `json:"token"`
	PID   int    `json:"pid"`
	// Folder is the folder as the node calls it: a copy of the folder holds a
	// copy of the announcement too, but not its node.
	Folder string `json:"folder"`
}

// announcementFile is the name of the announcement in the folder.
const announcementFile = "node.json"

// readAnnouncement returns the announcement in dir, ErrNoNode when there is
// none that counts.
func readAnnouncement(dir string) (Announcement, error) {
	b, err := os.ReadFile(filepath.Join(dir, announcementFile))
	if errors.Is(err, os.ErrNotExist) {
		return Announcement{}, ErrNoNode
	}
	if err != nil {
		return Announcement{}, fmt.Errorf("read the node's announcement: %w", err)
	}
	var a Announcement
	if err := json.Unmarshal(b, &a); err != nil || !a.leadsHome() || !sameFolder(a.Folder, dir) {
		return Announcement{}, ErrNoNode
	}
	return a, nil
}

// leadsHome reports whether the announced address is on this machine: the
// folder may have come from elsewhere, and the token is not for strangers.
func (a Announcement) leadsHome() bool {
	base, err := url.Parse(a.API)
	return err == nil && base.Scheme == "http" && isLoopback(base.Hostname()) && base.User == nil && base.Path == "" && a.Token != ""
}

// sameFolder reports whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

// The headers of GET /health by which a server proves to know the token.
const (
	challengeHeader = "Cairn-Challenge"
	proofHeader     = "Cairn-Proof"
)

// proof is what a server that knows token answers to challenge.
func proof(token, challenge string) string {
	m := hmac.New(sha256.New, []byte(token))
	m.Write([]byte("cairn node " + challenge))
	return hex.EncodeToString(m.Sum(nil))
}

func (s *Server) announce() error {
	b, err := json.Marshal(Announcement{API: s.url, Token: s.token, PID: os.Getpid(), Folder: s.app.Dir()})
	if err != nil {
		return fmt.Errorf("encode the announcement: %w", err)
	}
	path := filepath.Join(s.app.Dir(), announcementFile)
	if err := durable.Replace(path, b); err != nil {
		return fault.Wrap(err, fault.Unavailable, "The file %s can't be written.", "Check the permissions and the free space there.").With(path)
	}
	return nil
}

// withdraw takes the announcement back.
func (s *Server) withdraw() error {
	err := os.Remove(filepath.Join(s.app.Dir(), announcementFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
