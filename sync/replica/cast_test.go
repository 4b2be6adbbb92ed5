package replica_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica/replicatest"
)

type actor = replicatest.Actor

const (
	controlIncarnation = replicatest.ControlIncarnation
	epoch              = replicatest.Epoch
)

// cast is a workspace that everybody starts from: the first two persons are
// administrators, all others contributors, but for the last, who is not
// admitted.
type cast struct {
	ws     id.Workspace
	actors []actor
	acts   []oplog.Batch // the log of membership that says so
	table  *member.Table
}

// castOf returns a cast of size members and a stranger, the same each time.
var castOf = func() func(size int) *cast {
	casts := map[int]*cast{}
	return func(size int) *cast {
		if casts[size] == nil {
			casts[size] = newCast(size)
		}
		return casts[size]
	}
}()

func newCast(size int) *cast {
	c := &cast{}
	for i := range size + 1 {
		c.actors = append(c.actors, replicatest.ActorOf(i))
	}
	founder := c.actors[0]
	founding := must(oplog.Seal(founder.Founding(), founder.Key))
	c.ws = member.WorkspaceOf(founding)
	c.acts = []oplog.Batch{founding}
	c.table = evaluate(c.ws, c.acts)
	var acts []member.Act
	for i, a := range c.actors[1:size] {
		role := member.Contributor
		if i == 0 {
			role = member.Admin
		}
		acts = append(acts, a.Admission(role)...)
	}
	admission := must(oplog.Seal(c.table.Draft(founder.Log(controlIncarnation), acts, epoch+1), founder.Key))
	c.acts = append(c.acts, admission)
	c.table = evaluate(c.ws, c.acts)
	return c
}

// evaluated remembers tables: simulations ask for the same ones over and over,
// and each costs a signature a batch.
var evaluated = map[[sha256.Size]byte]*member.Table{}

func evaluate(ws id.Workspace, acts []oplog.Batch) *member.Table {
	h := sha256.New()
	h.Write(ws[:])
	for _, b := range acts {
		h.Write(b.Hash[:])
		h.Write(b.Raw[len(b.Raw)-ed25519.SignatureSize:])
	}
	name := [sha256.Size]byte(h.Sum(nil))
	if t, ok := evaluated[name]; ok {
		return t
	}
	t := replicatest.Evaluate(ws, acts)
	if len(evaluated) > 1<<14 {
		clear(evaluated)
	}
	evaluated[name] = t
	return t
}

// opened remembers batches taken apart and verified, for the same reason.
type opened struct {
	batches map[[sha256.Size]byte]oplog.Batch
	signers map[[sha256.Size]byte]id.Device
}

func newOpened() *opened {
	return &opened{batches: map[[sha256.Size]byte]oplog.Batch{}, signers: map[[sha256.Size]byte]id.Device{}}
}

// open takes a batch apart and verifies that key signed it, if there is one.
func (o *opened) open(raw []byte) (oplog.Batch, error) {
	name := sha256.Sum256(raw)
	if b, ok := o.batches[name]; ok {
		return b, nil
	}
	b, err := oplog.Open(raw)
	if err == nil {
		o.batches[name] = b
	}
	return b, err
}

func (o *opened) verify(raw []byte, key ed25519.PublicKey) error {
	name, device := sha256.Sum256(raw), id.DeviceOf(key)
	if o.signers[name] == device {
		return nil
	}
	if _, err := oplog.Verify(raw, key); err != nil {
		return err
	}
	o.signers[name] = device
	return nil
}

// seal signs what a device writes, and knows it from then on.
func (o *opened) seal(d oplog.Draft, by actor) oplog.Batch {
	b := must(oplog.Seal(d, by.Key))
	name := sha256.Sum256(b.Raw)
	o.batches[name], o.signers[name] = b, by.ID
	return b
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The documents that everybody writes to.
const docsShared = 4

func docOf(n int) id.Doc { return id.Doc{0: 1, 15: byte(n)} }

// stateOf returns what operations make of the documents, as bytes.
func stateOf(docs map[id.Doc]*doc.Doc) string {
	var b []byte
	for n := range docsShared {
		if d := docs[docOf(n)]; d != nil {
			b = d.Append(append(b, byte(n)))
		}
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}
