package relay

import (
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"cairn/app/durable"
)

// tokenFile holds what clients show: with another one, none of the addresses
// that were given out holds any more.
const tokenFile = "token"

// tokenBytes is how much randomness is in a token: nobody guesses 160 bits.
const tokenBytes = 20

var tokenForm = regexp.MustCompile(`^[a-z2-7]{32}$`)

// tokenOf returns the token of a folder, and makes one for a new folder.
func tokenOf(dir string, random io.Reader) (string, error) {
	path := filepath.Join(dir, tokenFile)
	text, err := os.ReadFile(path)
	if err == nil {
		token := strings.TrimSpace(string(text))
		if !tokenForm.MatchString(token) {
			return "", fmt.Errorf("%s holds no token", path)
		}
		return token, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	secret := make([]byte, tokenBytes)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", fmt.Errorf("read randomness for a token: %w", err)
	}
	token := strings.ToLower(base32.StdEncoding.EncodeToString(secret))
	return token, durable.Replace(path, []byte(token+"\n"))
}
