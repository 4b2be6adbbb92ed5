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
	"syscall"

	"cairn/app/api/node"
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
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run carries out one command line and returns its exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c := &cli{in: stdin, out: stdout, err: stderr}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errNo) {
		return exitNo
	}
	c.fail(ctx, err)
	if fault.KindOf(err) == fault.Invalid {
		return exitUsage
	}
	return exitFail
}

// errNo ends a command whose answer has been printed and is no.
var errNo = errors.New("no")

// fail prints err for a person, or as JSON when that was asked for.
func (c *cli) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		err = fault.Wrap(err, fault.Unavailable, "Interrupted.", "What was acknowledged before is kept.")
	}
	if c.json {
		c.printJSON(c.err, map[string]any{"error": node.ProblemOf(err)})
		return
	}
	fmt.Fprintln(c.err, "cairn:", fault.Message(err), fault.Hint(err))
	if c.verbose {
		fmt.Fprintln(c.err, "cause:", err)
	}
}

// usage is the error for a command line that can't be understood.
func usage(message, hint string) error { return fault.New(fault.Invalid, message, hint) }
