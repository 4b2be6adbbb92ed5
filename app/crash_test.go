package app_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"maps"
	rnd "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

const (
	// crashRounds is the environment variable that asks for more rounds.
	crashRounds = "CAIRN_CRASH_ROUNDS"
	// roundsPerFolder bounds what has to be verified after every round.
	roundsPerFolder = 20
)

// TestCrash kills a process that writes as fast as it can, over and over on the
// same folder, and looks each time whether all that was acknowledged is there.
func TestCrash(t *testing.T) {
	rounds := 200 / slowdown
	if text := os.Getenv(crashRounds); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatalf("%s=%s: %v", crashRounds, text, err)
		}
	}
	random := rnd.New(rnd.NewPCG(uint64(rounds), 1))
	var c *crash
	acked, idle := 0, 0
	for round := range rounds {
		if round%roundsPerFolder == 0 {
			c = newCrash(t)
		}
		acks := c.round(round, killAfter(random))
		acked += acks
		if acks == 0 {
			idle++
		}
		if t.Failed() {
			t.Fatalf("in round %d, on %s", round, c.options.Dir)
		}
	}
	t.Logf("%d rounds, %d of them killed before the first write, %d writes acknowledged", rounds, idle, acked)
	if idle > rounds/2 {
		t.Errorf("%d of %d rounds wrote nothing: the test says little", idle, rounds)
	}
}

// death says when to kill: so long after the writer has said so many lines. The
// first says that the folder is open, every other one that a write is done, so
// that a busy machine only slows the test down.
type death struct {
	lines int
	after time.Duration
}

func killAfter(random *rnd.Rand) death {
	d := death{after: time.Duration(random.IntN(40_000)) * time.Microsecond}
	switch random.IntN(8) {
	case 0: // while it opens
	case 1: // with its first write
		d.lines = 1
	default:
		d.lines = 2 + random.IntN(30)
	}
	return d
}

// crash is a folder and what has been acknowledged about it.
type crash struct {
	t       *testing.T
	options app.Options
	values  map[target]int      // the number of the latest write
	tokens  map[id.Doc][]string // in texts, in the order of their writing
	heads   map[string]uint64
}

// target is a register that one goroutine of one process writes numbers to.
type target struct {
	doc   id.Doc
	field string
}

// newCrash makes a workspace and leaves a teammate's batches beside it.
func newCrash(t *testing.T) *crash {
	t.Helper()
	c := &crash{t: t, options: crashOptions(t.TempDir()), values: map[target]int{}, tokens: map[id.Doc][]string{}, heads: map[string]uint64{}}
	ctx := t.Context()
	ada, err := app.Create(ctx, c.options, app.Founding{Workspace: "Acme", Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	do(t, ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	shared := do(t, ada, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: "Churn", Fields: map[string]string{"title": "shared", "notes": "Together:"}})

	ben, err := app.Enroll(ctx, crashOptions(t.TempDir()), ada.Journal().Workspace())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ada.AdmitPerson(ctx, "Ben", member.Contributor, ben.PublicKey()); err != nil {
		t.Fatal(err)
	}
	for _, log := range ada.Journal().Logs() {
		if err := ben.Journal().Receive(ctx, stored(t, ada, log)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 60 {
		do(t, ben, app.SetField, app.SetFieldRequest{ID: shared.ID.String(), Field: "title", Value: fmt.Sprintf("Ben %d", i)})
		do(t, ben, app.SetField, app.SetFieldRequest{ID: shared.ID.String(), Field: "notes", Value: notes(t, ben, shared.ID) + fmt.Sprintf(" ben%d.", i)})
	}
	var file []byte
	for log := range ben.Journal().Heads() {
		if log.Device == ben.Device().Short() {
			for _, raw := range stored(t, ben, log) {
				file = append(binary.BigEndian.AppendUint32(file, uint32(len(raw))), raw...)
			}
		}
	}
	if err := os.WriteFile(teammateFile(c.options.Dir), file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(sharedFile(c.options.Dir), []byte(shared.ID.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, a := range []*app.App{ada, ben} {
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func crashOptions(dir string) app.Options {
	return app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(dir, "installs"), Keys: app.KeysFile,
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Rand: rand.Reader,
	}
}

// teammateFile holds the teammate's batches, each after its length.
func teammateFile(dir string) string { return filepath.Join(filepath.Dir(dir), "teammate") }

// sharedFile names the document that both write.
func sharedFile(dir string) string { return filepath.Join(filepath.Dir(dir), "shared") }

// round lets a process write until it is killed, and returns how much it said
// it had written.
func (c *crash) round(number int, d death) int {
	c.t.Helper()
	self, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), crashDir+"="+c.options.Dir, fmt.Sprintf("%s=%d", crashRound, number))
	out, err := cmd.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	in := bufio.NewReader(out)
	var said []byte
	for i := range d.lines {
		line, err := in.ReadBytes('\n')
		if err != nil || (i == 0) != (string(line) == "open\n") {
			c.t.Errorf("the writer says %q, %v: %s", line, err, complaints.String())
		}
		said = append(said, line...)
	}
	timer := time.AfterFunc(d.after, func() { _ = cmd.Process.Kill() })
	rest, err := io.ReadAll(in)
	timer.Stop()
	said = append(said, rest...)
	if err != nil {
		c.t.Errorf("listen to the writer: %v", err)
	}
	if err := cmd.Wait(); err == nil || complaints.Len() > 0 {
		c.t.Errorf("the writer ended by itself (%v): %s", err, complaints.String())
	}
	acks := 0
	for line := range bytes.Lines(said) {
		if rest, whole := bytes.CutSuffix(line, []byte("\n")); whole && string(rest) != "open" {
			c.note(string(rest))
			acks++
		}
	}
	c.check()
	return acks
}

// note takes in one acknowledgement.
func (c *crash) note(line string) {
	words := strings.Split(line, " ")
	fail := func() { c.t.Fatalf("the writer says %q", line) }
	if len(words) < 3 {
		fail()
	}
	if words[0] == "received" {
		next, err := strconv.ParseUint(words[2], 10, 64)
		if err != nil {
			fail()
		}
		c.heads[words[1]] = next
		return
	}
	name, err := id.ParseDoc(words[1])
	if err != nil {
		fail()
	}
	switch words[0] {
	case "text":
		c.tokens[name] = append(c.tokens[name], words[2])
	case "set":
		n, err := strconv.Atoi(words[3])
		if err != nil {
			fail()
		}
		c.values[target{name, words[2]}] = n
	default:
		fail()
	}
}

// check opens the folder and compares it with what was acknowledged.
func (c *crash) check() {
	c.t.Helper()
	ctx := c.t.Context()
	a, err := app.Open(ctx, c.options)
	if err != nil {
		c.t.Fatalf("open: %v", err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			c.t.Errorf("close: %v", err)
		}
	}()
	for at, want := range c.values {
		shown, err := app.ShowDoc.Do(ctx, a, app.DocRequest{ID: at.doc.String()})
		if err != nil {
			c.t.Errorf("%s of %s was written as %d: %v", at.field, at.doc, want, err)
			continue
		}
		got, _ := shown.Fields[at.field].AsString()
		if n, err := strconv.Atoi(got); err != nil || n < want {
			c.t.Errorf("%s of %s is %q, but %d was written last", at.field, at.doc, got, want)
		}
	}
	for name, tokens := range c.tokens {
		got := notes(c.t, a, name)
		for at, rest := 0, got; at < len(tokens); at++ {
			_, after, found := strings.Cut(rest, tokens[at])
			if !found {
				c.t.Errorf("text of %s lacks %q, or has it out of order: %q", name, tokens[at], got)
				break
			}
			rest = after
		}
	}
	c.checkLogs(a)
	report := do(c.t, a, app.VerifyData, app.VerifyRequest{Deep: true})
	if len(report.Problems) > 0 {
		c.t.Errorf("verification: %+v", report.Problems)
	}
}

// checkLogs looks for what was received, and for gaps.
func (c *crash) checkLogs(a *app.App) {
	c.t.Helper()
	heads := a.Journal().Heads()
	for log, head := range heads {
		if want := c.heads[log.String()]; head.Next < want {
			c.t.Errorf("log %s ends at %d, but was received up to %d", log, head.Next, want)
		}
		var next uint64
		for _, raw := range stored(c.t, a, log) {
			h, err := oplog.ReadHeader(raw)
			if err != nil || h.First != next {
				c.t.Errorf("log %s goes on at %d after %d: %v", log, h.First, next, err)
			}
			next = h.End()
		}
		if next != head.Next {
			c.t.Errorf("log %s ends at %d with the head at %d", log, next, head.Next)
		}
	}
	for log := range c.heads {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(heads)), func(l id.Log) bool { return l.String() == log }) {
			c.t.Errorf("log %s was received and is not there", log)
		}
	}
}

// do carries a use case out and fails the test if it can't be.
func do[Req, Resp any](t testing.TB, a *app.App, call app.Call[Req, Resp], req Req) Resp {
	t.Helper()
	resp, err := call.Do(t.Context(), a, req)
	if err != nil {
		t.Fatalf("%s %+v: %v", call.Name, req, err)
	}
	return resp
}

// notes returns a requirement's text.
func notes(t testing.TB, a *app.App, name id.Doc) string {
	t.Helper()
	s, _ := do(t, a, app.ShowDoc, app.DocRequest{ID: name.String()}).Fields["notes"].AsString()
	return s
}

// stored returns the batches of a log.
func stored(t testing.TB, a *app.App, log id.Log) (raws [][]byte) {
	t.Helper()
	err := a.Journal().Batches(log, 0, func(_ uint64, raw []byte) error {
		raws = append(raws, raw)
		return nil
	})
	if err != nil {
		t.Fatalf("read log %s: %v", log, err)
	}
	return raws
}
