package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"cairn/core/fault"
)

// passphrases remembers what was typed: a command that has to wait for the
// folder opens its keys more than once, and asks once.
type passphrases struct {
	known string
	typed bool
}

// passphrase returns the passphrase of the folder's keys: from the
// environment, else from a person at a terminal, who types a new one twice.
func (c *cli) passphrase(ctx context.Context, isNew bool) (string, error) {
	if p := os.Getenv("CAIRN_PASSPHRASE"); p != "" {
		return p, nil
	}
	if c.asked.typed {
		return c.asked.known, nil
	}
	if !isTerminal(c.in) {
		return "", fault.New(fault.Denied, "This needs a passphrase.", "Set CAIRN_PASSPHRASE, or run the command in a terminal.")
	}
	prompt := "Passphrase: "
	if isNew {
		prompt = "New passphrase, empty for none: "
	}
	var err error
	c.progress.hold(c.err, func() { c.asked.known, err = c.typed(ctx, prompt) })
	if err != nil {
		return "", err
	}
	if isNew && c.asked.known != "" {
		again, err := c.typed(ctx, "The same again: ")
		if err != nil {
			return "", err
		}
		if again != c.asked.known {
			return "", fault.New(fault.Invalid, "The two passphrases differ.", "Run the command again.")
		}
	}
	c.asked.typed = true
	return c.asked.known, nil
}

// typed asks the person at the terminal for a line that is not shown.
func (c *cli) typed(ctx context.Context, prompt string) (string, error) {
	f, ok := c.in.(*os.File)
	if !ok {
		return "", fmt.Errorf("ask for a passphrase: standard input is a %T", c.in)
	}
	fd := int(f.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("ask for a passphrase: %w", err)
	}
	fmt.Fprint(c.err, prompt)
	b, err := unlessInterrupted(ctx, func() ([]byte, error) { return term.ReadPassword(fd) })
	fmt.Fprintln(c.err)
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", errors.Join(err, term.Restore(fd, before)))
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// unlessInterrupted reads what a person types. Reading can't be interrupted, so
// it is left behind when the person is tired of it: the process ends soon.
func unlessInterrupted(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		text []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		b, err := read()
		done <- result{b, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		return r.text, r.err
	}
}
