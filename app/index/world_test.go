package index_test

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"time"

	"pgregory.net/rapid"

	"cairn/app/index"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
)

type memo struct {
	noun.InProject
	Title string `cairn:"2,multi,title"`
}

type place struct {
	Name string `cairn:"2,title"`
}

// laterKind is a kind of document that the catalog does not know.
const laterKind = 900

var (
	memos   = noun.Define[memo](7, "memo")
	places  = noun.Define[place](8, "place")
	catalog = noun.NewCatalog(memos.Kind, places.Kind)
	start   = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
)

// world is a workspace: documents as a disk would hold them, and beside each
// the row that it should have. It is an index.Source.
type world struct {
	projects []id.Doc

	mu    sync.Mutex
	docs  map[id.Doc]*doc.Doc // as published: never changed, only replaced
	names []id.Doc            // in the order of their making
	rows  map[id.Doc]index.Row
	now   clock.Stamp
	seq   map[id.Log]uint64
	fail  error // what the disk says instead of documents
}

func newWorld() *world {
	return &world{
		docs: map[id.Doc]*doc.Doc{}, rows: map[id.Doc]index.Row{}, now: clock.StampOf(start), seq: map[id.Log]uint64{},
		projects: []id.Doc{{1}, {2}, {3}},
	}
}

func (w *world) index(room int) *index.Index {
	return index.New(catalog, w, index.Options{MaxRows: room})
}

// load fills x with everything there is.
func (w *world) load(x *index.Index) *index.Index {
	l := x.Load()
	for _, name := range w.names {
		l.Add(w.docs[name])
	}
	l.Done()
	return x
}

// Doc implements index.Source.
func (w *world) Doc(name id.Doc) (*doc.Doc, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if d := w.docs[name]; d != nil || w.fail != nil {
		return d, w.fail
	}
	return nil, fault.New(fault.NotFound, "There is no such document here.", "")
}

// EachDoc implements index.Source. Like a disk that sorts by hash, it yields
// documents in no order that helps.
func (w *world) EachDoc(noun uint16, yield func(*doc.Doc) error) error {
	w.mu.Lock()
	docs, err := make([]*doc.Doc, 0, len(w.docs)), w.fail
	for _, d := range w.docs {
		docs = append(docs, d)
	}
	w.mu.Unlock()
	for _, d := range docs {
		if err == nil && d.Noun() == noun {
			err = yield(d)
		}
	}
	return err
}

// version gives the next operation of one of two authors its place.
func (w *world) version(author id.ShortDevice) doc.Version {
	log := id.Log{Device: author, Incarnation: 1}
	v := doc.Version{At: w.now, By: id.Op{Log: log, Seq: w.seq[log]}}
	w.seq[log]++
	w.now += 3 << 15
	return v
}

// create makes a document and returns it, ready for Apply.
func (w *world) create(kind uint16, project id.Doc, title string) []*doc.Doc {
	// Several documents share a millisecond, and names have digits in common.
	name := id.Doc{}
	copy(name[:6], binary.BigEndian.AppendUint64(nil, uint64(w.now)>>16<<16)[:6])
	binary.BigEndian.PutUint32(name[6:], uint32(len(w.names))*0x9e3779b1)
	w.names = append(w.names, name)
	w.rows[name] = index.Row{ID: name, Noun: kind}
	d := doc.New(name)
	first := d.SetRegister(1, doc.Ref(project))
	first.Noun = kind
	return w.change(d, index.Row{Project: project, Title: title}, first, w.title(d, kind, title))
}

func (w *world) title(d *doc.Doc, kind uint16, title string) doc.Change {
	c := d.Put(2, doc.String(title))
	if kind == places.Number {
		c = d.SetRegister(2, doc.String(title))
	}
	c.Noun = kind
	return c
}

// change carries changes out by the first author, and notes which row comes of them.
func (w *world) change(d *doc.Doc, to index.Row, changes ...doc.Change) []*doc.Doc {
	w.mu.Lock()
	defer w.mu.Unlock()
	d = d.Clone()
	for _, c := range changes {
		v := w.version(1)
		if err := d.Apply(c.At(v)); err != nil {
			panic(err)
		}
		to.Updated, to.By = v.At, v.By.Log
	}
	return w.publish(d, to)
}

// publish replaces a document and its row. What names a document of an unknown kind, nobody knows.
func (w *world) publish(d *doc.Doc, to index.Row) []*doc.Doc {
	to.ID, to.Noun = d.ID(), w.rows[d.ID()].Noun
	if to.Noun == laterKind {
		to.Title = ""
	}
	w.docs[d.ID()], w.rows[d.ID()] = d, to
	return []*doc.Doc{d}
}

// clash has two authors give a memo a title each, neither knowing the other's.
func (w *world) clash(d *doc.Doc, row index.Row) []*doc.Doc {
	w.mu.Lock()
	defer w.mu.Unlock()
	d = d.Clone()
	one, other := w.title(d, row.Noun, "a clash"), w.title(d, row.Noun, "b clash")
	for author, c := range []doc.Change{one, other} {
		v := w.version(id.ShortDevice(author + 1))
		if err := d.Apply(c.At(v)); err != nil {
			panic(err)
		}
		row.Updated, row.By = v.At, v.By.Log
	}
	row.Title, row.Conflicts = "b clash", 1
	if row.Noun == places.Number {
		row.Conflicts = 0 // the last writer wins
	}
	return w.publish(d, row)
}

// commit draws some changes and returns the documents they leave, each once.
func (w *world) commit(t *rapid.T) []*doc.Doc {
	touched := map[id.Doc]bool{}
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		touched[w.drawChange(t)[0].ID()] = true
	}
	var out []*doc.Doc
	for _, name := range w.names {
		if touched[name] {
			out = append(out, w.docs[name])
		}
	}
	return out
}

func (w *world) drawChange(t *rapid.T) []*doc.Doc {
	title := rapid.SampledFrom([]string{"", "a", "A", "ab", "Bs", "Σς", "길", "B길"}).Draw(t, "title")
	project := rapid.SampledFrom(append([]id.Doc{{}}, w.projects...)).Draw(t, "project")
	action := rapid.IntRange(0, 6).Draw(t, "action")
	if len(w.names) == 0 || action < 2 {
		return w.create(rapid.SampledFrom([]uint16{memos.Number, memos.Number, places.Number, laterKind}).Draw(t, "kind"), project, title)
	}
	d := w.docs[rapid.SampledFrom(w.names).Draw(t, "document")]
	row := w.rows[d.ID()]
	switch action {
	case 2:
		row.Title, row.Conflicts = title, 0
		return w.change(d, row, w.title(d, row.Noun, title))
	case 3:
		row.Project = project
		return w.change(d, row, d.SetRegister(1, doc.Ref(project)))
	case 4:
		row.Trashed = true
		return w.change(d, row, d.Trash())
	case 5:
		row.Trashed = false
		return w.change(d, row, d.Restore())
	default:
		return w.clash(d, row)
	}
}

// list answers q by looking at every row.
func (w *world) list(q index.Query) []index.Row {
	var out []index.Row
	for _, r := range w.rows {
		if (q.Noun == 0 || r.Noun == q.Noun) && (q.Project.IsZero() || r.Project == q.Project) &&
			(q.Trashed == index.WithTrashed || r.Trashed == (q.Trashed == index.OnlyTrashed)) &&
			(!q.Conflicted || r.Conflicts > 0) && containsFold(r.Title, q.Text) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b index.Row) int {
		newest := b.ID.Compare(a.ID)
		switch q.Order {
		case index.Oldest:
			return -newest
		case index.ByTitle:
			return cmp.Or(strings.Compare(lowered(a.Title), lowered(b.Title)), newest)
		default:
			return newest
		}
	})
	return out
}

// containsFold reports whether part is in s, tried at every place.
func containsFold(s, part string) bool {
	r, n := []rune(s), len([]rune(part))
	for i := 0; i+n <= len(r); i++ {
		if strings.EqualFold(string(r[i:i+n]), part) {
			return true
		}
	}
	return false
}

// lowered takes the case out of the titles that tests use.
func lowered(s string) string {
	return strings.NewReplacer("A", "a", "B", "b", "ς", "Σ", "σ", "Σ").Replace(s)
}
