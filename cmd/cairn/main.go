// Command cairn is Cairn's command line and headless node. Its contract — the
// commands, their flags, JSON shapes and exit statuses — is shown by the
// scripts in testdata/script, which are tests and manual at once.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
	"unicode/utf8"

	"cairn/core/fault"
)

// The exit statuses.
const (
	exitDone  = 0
	exitFail  = 1
	exitUsage = 2
	exitNo    = 3 // the answer is no: a check failed, damage was found
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now))
}

// run carries out one command line and returns its exit status. What it writes
// is dated by now.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, now func() time.Time) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second interrupt ends the process at once.
	context.AfterFunc(ctx, stop)
	c := &cli{args: args, in: stdin, out: stdout, err: stderr, now: now}
	err := c.execute(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNo):
		return exitNo
	}
	c.fail(ctx, err)
	if fault.KindOf(err) == fault.Invalid {
		return exitUsage
	}
	return exitFail
}

func (c *cli) execute(ctx context.Context) error {
	// JSON has no way to pass on other bytes, neither to a node nor to a reader.
	if i := slices.IndexFunc(c.args, func(arg string) bool { return !utf8.ValidString(arg) }); i >= 0 {
		c.json = c.asksForJSON()
		return usage(fmt.Sprintf("Argument %d is not UTF-8 text.", i+1), "Set the terminal to UTF-8, or rename the file.")
	}
	root := c.root() //nolint:contextcheck // cobra hands ctx to the command that runs
	root.SetArgs(c.args)
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	return root.ExecuteContext(ctx)
}

// asksForJSON looks for --json in a command line that can't be parsed.
func (c *cli) asksForJSON() bool {
	args := c.args
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// errNo ends a command whose answer has been printed and is no.
var errNo = errors.New("no")

// fail prints err for a person, or as JSON when that was asked for.
func (c *cli) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		err = fault.Wrap(err, fault.Unavailable, "Interrupted.", "What was acknowledged before is kept.")
	}
	problem := problemOf(err)
	if c.json {
		b, encodeErr := encodeJSON(map[string]any{"error": problem})
		if encodeErr == nil {
			_, _ = c.err.Write(b) // there is nowhere left to complain
			return
		}
	}
	text := "cairn: " + problem.Message
	if problem.Hint != "" {
		text += " " + problem.Hint
	}
	fmt.Fprintln(c.err, line(text))
	c.explain(err)
	if c.verbose {
		fmt.Fprintln(c.err, "cause:", line(err.Error()))
	}
}

// usage is the error for a command line that can't be understood.
func usage(message, hint string) error { return fault.New(fault.Invalid, message, hint) }
