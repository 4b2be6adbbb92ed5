package lifecycle

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"maps"
	"slices"

	"cairn/core/canon"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// digestScheme stands before every digest. What is computed by another scheme
// can't be compared, and so has changed.
const digestScheme = "1:"

// uncounted are the fields that a sign-off is not about: they say how far the
// work is, not what was agreed.
var uncounted = map[string]bool{"project": true, "access": true}

// Digest returns what the content of a document is known by in a sign-off. It
// depends on what the document says and on nothing else: not on when and by
// whom it was written, nor on how a number is stored. A field that was emptied
// is one that was never filled. Of a conflict, all values count.
func Digest(d *doc.Doc) string {
	h := sha256.New()
	kind := kindOf(d)
	var b []byte
	for _, f := range d.Fields() {
		if kind != nil {
			if known, ok := kind.ByNumber(f.Number); ok && uncounted[known.Name] {
				continue
			}
		}
		said := contentOf(d, f)
		if len(said) == 0 {
			continue
		}
		b = binary.BigEndian.AppendUint16(b[:0], f.Number)
		b = append(b, byte(f.Family))
		for _, v := range said {
			b = canon.AppendBlock(b, plain(v))
		}
		write(h, b)
	}
	return digestScheme + hex.EncodeToString(h.Sum(nil))
}

// contentOf returns what a field says, empty when nothing.
func contentOf(d *doc.Doc, f doc.Field) []doc.Value {
	var said []doc.Value
	switch f.Family {
	case doc.FamilyMulti:
		for _, v := range d.Multi(f.Number) {
			said = append(said, v.Value)
		}
		slices.SortFunc(said, func(a, b doc.Value) int { return slices.Compare(plain(a), plain(b)) })
		said = slices.Compact(said)
		if len(said) == 1 && empty(said[0]) {
			return nil
		}
	case doc.FamilySet, doc.FamilyList:
		said = d.Plain(f).Items()
	default:
		if v := d.Plain(f); !empty(v) {
			said = []doc.Value{v}
		}
	}
	return said
}

func empty(v doc.Value) bool {
	s, isString := v.AsString()
	return v.IsNull() || isString && s == ""
}

// plain returns a form of v in which equal numbers are equal, whether they were
// stored as whole numbers or not.
func plain(v doc.Value) []byte {
	if n, ok := v.AsInt(); ok && int64(float64(n)) == n {
		return doc.Float(float64(n)).Append(nil)
	}
	switch v.Type() {
	case doc.TypeList:
		b := []byte{byte(doc.TypeList)}
		for _, item := range v.Items() {
			b = canon.AppendBlock(b, plain(item))
		}
		return b
	case doc.TypeRecord:
		b := []byte{byte(doc.TypeRecord)}
		fields := v.Fields()
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if empty(fields[name]) {
				continue
			}
			b = canon.AppendBlock(b, []byte(name))
			b = canon.AppendBlock(b, plain(fields[name]))
		}
		return b
	default:
		return v.Append(nil)
	}
}

func write(h hash.Hash, b []byte) {
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(b)))
	_, _ = h.Write(length[:]) // a hash takes everything
	_, _ = h.Write(b)
}

// digest returns the digest of a document of the project, computed once.
func (p *project) digest(d *doc.Doc) string {
	s, ok := p.digests[d.ID()]
	if !ok {
		s = Digest(d)
		p.digests[d.ID()] = s
	}
	return s
}

// docsIn returns the documents of a page, or of all pages.
func (p *project) docsIn(scope Page) []*doc.Doc {
	if scope != Design {
		return p.pages[scope]
	}
	var all []*doc.Doc
	for _, page := range Pages {
		all = append(all, p.pages[page]...)
	}
	return all
}

// pageDigest returns the digest of a page's content, or of that of all pages.
func (p *project) pageDigest(scope Page) string {
	docs := slices.Clone(p.docsIn(scope))
	slices.SortFunc(docs, func(a, b *doc.Doc) int { return a.ID().Compare(b.ID()) })
	h := sha256.New()
	for _, d := range docs {
		name := d.ID()
		write(h, name[:])
		write(h, []byte(p.digest(d)))
	}
	return digestScheme + hex.EncodeToString(h.Sum(nil))
}

// maxListed is how many documents a sign-off lists one by one. It keeps the
// sign-off itself well within what one document may hold; of more it has only
// the digest of all, and can't say which have changed.
const maxListed = 2000

// Content returns what a sign-off of scope is to be bound to: the records of
// noun.SignOff.
func Content(in Input, scope Page) []doc.Value {
	p := read(in)
	docs := p.docsIn(scope)
	if len(docs) > maxListed {
		return []doc.Value{bind(in.Project, p.pageDigest(scope))}
	}
	out := make([]doc.Value, len(docs))
	for i, d := range docs {
		out[i] = bind(d.ID(), p.digest(d))
	}
	return out
}

func bind(d id.Doc, digest string) doc.Value {
	return doc.Record(map[string]doc.Value{"doc": doc.Ref(d), "digest": doc.String(digest)})
}

// bound returns what a sign-off was given for: document → digest. Records that
// nothing in this package wrote are left out.
func bound(s noun.SignOff) map[id.Doc]string {
	out := map[id.Doc]string{}
	for _, record := range s.Content {
		fields := record.Fields()
		d, isDoc := fields["doc"].AsRef()
		digest, isDigest := fields["digest"].AsString()
		if isDoc && isDigest {
			out[d] = digest
		}
	}
	return out
}

// Named returns the documents that sign-offs were given for which are the latest
// of their authors on their scopes, in order. The others are not compared.
func Named(signOffs []SignOff) []id.Doc {
	latest := map[voice]SignOff{}
	for _, s := range signOffs {
		v := voice{s.Author, Page(s.View.Scope)}
		if s.compare(latest[v]) > 0 {
			latest[v] = s
		}
	}
	all := map[id.Doc]bool{}
	for _, s := range latest {
		for d := range bound(s.View) {
			all[d] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), id.Doc.Compare)
}
