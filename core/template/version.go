package template

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"cairn/core/doc"
	"cairn/core/id"
)

// Version is a template as it was published. It never changes.
type Version struct {
	// ID names the version for ever: a fingerprint of what was published, above 0
	// and exact in JSON.
	ID int64
	// Number counts from 1. Two people who publish apart both make the next one;
	// when they meet, the versions are numbered one after the other.
	Number   int
	Note     string // what is new in it
	By       id.Doc // the person who published it, zero for Cairn itself
	At       time.Time
	Template Template
}

// fingerprintBits is how much of a hash an ID has: what a float64 holds exactly.
const fingerprintBits = 53

// Publish returns the record of a version of t after those in have. By and at
// may be zero, of templates that are the same whoever brings them. The error is
// that of Check.
func Publish(have []doc.Value, t Template, note string, by id.Doc, at time.Time) (doc.Value, error) {
	if err := Check(t); err != nil {
		return doc.Null, err
	}
	after := 0
	for _, v := range have {
		after = max(after, numberOf(v))
	}
	fields := map[string]doc.Value{"number": doc.Int(int64(after) + 1), "template": snapshot(t)}
	if note != "" {
		fields["note"] = doc.String(note)
	}
	if !by.IsZero() {
		fields["by"] = doc.Ref(by)
	}
	if !at.IsZero() {
		fields["at"] = doc.Time(at)
	}
	return doc.Record(fields), nil
}

// maxNumber bounds what a teammate's record may call its number, so that the
// next one can be counted.
const maxNumber = 1 << 30

func numberOf(v doc.Value) int {
	n, _ := v.Fields()["number"].AsInt()
	return int(min(max(n, 0), maxNumber))
}

// Versions returns the versions that records describe, the oldest first. A record
// that this version of Cairn can't read is left out.
func Versions(records []doc.Value) []Version {
	var out []Version
	for _, r := range records {
		fields := r.Fields()
		t, err := unsnapshot(fields["template"])
		if fields == nil || err != nil {
			continue
		}
		v := Version{ID: fingerprint(r), Number: numberOf(r), Template: t}
		v.Note, _ = fields["note"].AsString()
		v.By, _ = fields["by"].AsRef()
		v.At, _ = fields["at"].AsTime()
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b Version) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	for i := range out {
		out[i].Number = i + 1
	}
	return out
}

func fingerprint(v doc.Value) int64 {
	sum := sha256.Sum256(v.Append(nil))
	return int64(binary.BigEndian.Uint64(sum[:])>>(64-fingerprintBits) | 1)
}

// Find returns the version called id.
func Find(versions []Version, id int64) (Version, bool) {
	i := slices.IndexFunc(versions, func(v Version) bool { return v.ID == id })
	if i < 0 {
		return Version{}, false
	}
	return versions[i], true
}
