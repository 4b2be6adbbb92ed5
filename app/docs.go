package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"cairn/app/index"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// The use cases of documents of any kind.
var (
	ListKinds     = Call[ListKindsRequest, []KindInfo]{"doc/kinds", "Lists the kinds of documents and their fields.", (*App).listKinds}
	ListDocs      = Call[ListDocsRequest, DocPage]{"doc/list", "Lists the documents of a kind, the newest first.", (*App).listDocs}
	ShowDoc       = Call[DocRequest, Doc]{"doc/show", "Shows a document with all its fields.", (*App).showDoc}
	CreateDoc     = Call[CreateDocRequest, Doc]{"doc/create", "Makes a document.", (*App).createDoc}
	ChangeDoc     = Call[ChangeDocRequest, Doc]{"doc/change", "Makes several fields of a document hold values, together.", (*App).changeDoc}
	SetField      = Call[SetFieldRequest, Doc]{"doc/set", "Makes a field hold a value.", (*App).setField}
	MoveToTrash   = Call[DocRequest, Doc]{"doc/trash", "Moves a document to the trash.", (*App).moveToTrash}
	TakeFromTrash = Call[DocRequest, Doc]{"doc/restore", "Takes a document out of the trash.", (*App).takeFromTrash}
)

// ListKindsRequest asks for the kinds of documents.
type ListKindsRequest struct{}

// KindInfo describes a kind of document.
type KindInfo struct {
	Name   string      `json:"name"`
	Fields []FieldInfo `json:"fields"`
}

// FieldInfo describes a field of a kind.
type FieldInfo struct {
	Name  string   `json:"name"`
	Merge string   `json:"merge"` // register, multi, set, counter, list or text
	Holds string   `json:"holds"`
	OneOf []string `json:"one_of,omitempty"`
}

func (a *App) listKinds(context.Context, ListKindsRequest) ([]KindInfo, error) {
	var out []KindInfo
	for _, k := range a.catalog.Kinds() {
		info := KindInfo{Name: k.Name}
		for _, f := range k.Fields {
			info.Fields = append(info.Fields, FieldInfo{f.Name, f.Family.String(), f.Type.String(), f.OneOf})
		}
		out = append(out, info)
	}
	return out, nil
}

// ListDocsRequest asks for documents of a kind.
type ListDocsRequest struct {
	Kind    string `json:"kind"`
	Project string `json:"project,omitempty"` // ID, first digits of it, or name
	Text    string `json:"text,omitempty"`    // part of the title
	Trashed bool   `json:"trashed,omitempty"` // those in the trash instead
	Limit   int    `json:"limit,omitempty"`   // 100 when not given
	After   string `json:"after,omitempty"`   // Next of the page before
}

// DocRow is a document in a list.
type DocRow struct {
	ID        id.Doc    `json:"id"`
	Kind      string    `json:"kind"`
	Project   string    `json:"project,omitempty"`
	Title     string    `json:"title"`
	Created   time.Time `json:"created"`
	Updated   time.Time `json:"updated"`
	UpdatedBy string    `json:"updated_by"`
	Conflicts int       `json:"conflicts,omitempty"` // how many fields
	Trashed   bool      `json:"trashed,omitempty"`
	// ReadOnly says that this person has no right to change it, or this version
	// of Cairn can't.
	ReadOnly bool `json:"read_only,omitempty"`
	// Fields are those of the document now; the rest of the row may be older
	// by a change that was made meanwhile.
	Fields map[string]doc.Value `json:"fields"`
}

// DocPage is part of a list.
type DocPage struct {
	Documents []DocRow `json:"documents"`
	Total     int      `json:"total"`
	Next      string   `json:"next,omitempty"` // asks for the rest, empty at the end
}

const (
	defaultPage = 100
	maxPage     = 10_000
)

func (a *App) listDocs(ctx context.Context, req ListDocsRequest) (DocPage, error) {
	kind, err := a.catalog.ByName(req.Kind)
	if err != nil {
		return DocPage{}, err
	}
	q := index.Query{Noun: kind.Number, Text: req.Text, Order: index.Newest, Limit: defaultPage, After: req.After}
	if req.Limit < 0 {
		return DocPage{}, fault.New(fault.Invalid, "A list can't have less than one document.", "Give --limit a number above 0.")
	}
	if req.Limit != 0 {
		q.Limit = min(req.Limit, maxPage)
	}
	if req.Trashed {
		q.Trashed = index.OnlyTrashed
	}
	if req.Project != "" {
		if q.Project, err = a.findProject(req.Project); err != nil {
			return DocPage{}, err
		}
	}
	page, err := a.index.List(q)
	if err != nil {
		return DocPage{}, err
	}
	out := DocPage{Documents: []DocRow{}, Total: page.Total, Next: page.Next}
	for l, err := range a.listed(ctx, rowsOf(page.Rows)) {
		if err != nil {
			return DocPage{}, err
		}
		out.Documents = append(out.Documents, a.docRow(l.row, l.doc))
	}
	return out, nil
}

func (a *App) docRow(row index.Row, d *doc.Doc) DocRow {
	out := DocRow{
		ID: row.ID, Kind: a.kindName(row.Noun), Title: row.Title, Created: row.ID.Time(),
		Updated: row.Updated.Time(), Conflicts: row.Conflicts, Trashed: row.Trashed,
		UpdatedBy: a.author(d.Last().By.Log).Person, ReadOnly: d.Frozen() || !a.mayWrite(),
		Fields: plainFields(a.catalog.ByNumber(row.Noun), d),
	}
	if !row.Project.IsZero() {
		out.Project = row.Project.String()
	}
	return out
}

// kindName returns what to call a kind, also one of a later version.
func (a *App) kindName(number uint16) string {
	if k := a.catalog.ByNumber(number); k != nil {
		return k.Name
	}
	return fmt.Sprintf("kind-%d", number)
}

// DocRequest names a document.
type DocRequest struct {
	ID string `json:"id"` // or the first digits of it, as many as make it unique
}

// Doc is a document in plain form.
type Doc struct {
	ID        id.Doc                `json:"id"`
	Kind      string                `json:"kind"`
	Project   string                `json:"project,omitempty"`
	Title     string                `json:"title"`
	Created   time.Time             `json:"created"`
	Updated   time.Time             `json:"updated"`
	UpdatedBy string                `json:"updated_by"`
	Trashed   bool                  `json:"trashed,omitempty"`
	Fields    map[string]doc.Value  `json:"fields"`
	Conflicts map[string][]Conflict `json:"conflicts,omitempty"`
	// Newer says that a later version of Cairn changed the document in a way
	// that this one can't show.
	Newer bool `json:"newer,omitempty"`
}

// Conflict is one of several values that people wrote at the same time.
type Conflict struct {
	Value  doc.Value `json:"value"`
	Device string    `json:"device"`
	Person string    `json:"person"`
	Time   time.Time `json:"time"`

	PersonID id.Doc `json:"person_id"`
	Machine  string `json:"machine,omitempty"` // what the device is called
}

func (a *App) showDoc(_ context.Context, req DocRequest) (Doc, error) {
	d, err := a.findDoc(req.ID)
	if err != nil {
		return Doc{}, err
	}
	return a.plain(d), nil
}

// plain returns d for people and files. A field that this version does not
// know shows under its number.
func (a *App) plain(d *doc.Doc) Doc {
	out := Doc{
		ID: d.ID(), Kind: a.kindName(d.Noun()), Created: d.ID().Time(), Updated: d.Last().At.Time(),
		UpdatedBy: a.author(d.Last().By.Log).Person, Trashed: d.Trashed(), Newer: d.Frozen(),
		Fields: plainFields(a.catalog.ByNumber(d.Noun()), d),
	}
	if p := noun.ProjectOf(d); !p.IsZero() {
		out.Project = p.String()
	}
	kind := a.catalog.ByNumber(d.Noun())
	if kind != nil {
		out.Title = kind.Title(d)
	}
	for _, number := range d.Conflicts() {
		name := fieldName(kind, doc.Field{Number: number, Family: doc.FamilyMulti})
		if out.Conflicts == nil {
			out.Conflicts = map[string][]Conflict{}
		}
		for _, v := range d.Multi(number) {
			out.Conflicts[name] = append(out.Conflicts[name], a.conflict(v))
		}
	}
	return out
}

// conflict returns one of several values, with who wrote it.
func (a *App) conflict(v doc.Versioned) Conflict {
	who := a.author(v.By.Log)
	out := Conflict{Value: v.Value, Device: who.Device, Person: who.Person, Time: v.At.Time(), PersonID: a.authorOf(v.By.Log)}
	if members := a.journal.Members(); members != nil {
		if d, known := members.Device(v.By.Log.Device); known {
			out.Machine = a.deviceName(d.ID)
		}
	}
	return out
}

func plainFields(kind *noun.Kind, d *doc.Doc) map[string]doc.Value {
	fields := map[string]doc.Value{}
	for _, f := range d.Fields() {
		fields[fieldName(kind, f)] = d.Plain(f)
	}
	return fields
}

func fieldName(kind *noun.Kind, f doc.Field) string {
	if kind != nil {
		if known, ok := kind.ByNumber(f.Number); ok && known.Family == f.Family {
			return known.Name
		}
	}
	return fmt.Sprintf("field-%d", f.Number)
}

// CreateDocRequest asks for a new document.
type CreateDocRequest struct {
	Kind    string            `json:"kind"`
	Project string            `json:"project,omitempty"` // ID, first digits of it, or name
	Fields  map[string]string `json:"fields,omitempty"`  // name → value as a person types it
}

func (a *App) createDoc(ctx context.Context, req CreateDocRequest) (Doc, error) {
	kind, err := a.catalog.ByName(req.Kind)
	if err != nil {
		return Doc{}, err
	}
	if _, ok := req.Fields["project"]; ok {
		return Doc{}, fault.New(fault.Invalid, "The project is not one of the fields to fill.", "Name it with --project.")
	}
	if req.Project == "" && kind.InProject() {
		return Doc{}, fault.New(fault.Invalid, "A %s belongs to a project.", "Name it with --project; `cairn project list` shows them.").With(sentence.Own(kind.Name))
	}
	fields := make(map[string]doc.Value, len(req.Fields)+1)
	for name, text := range req.Fields {
		f, err := kind.FieldOf(name)
		if err != nil {
			return Doc{}, err
		}
		if fields[name], err = f.Parse(text); err != nil {
			return Doc{}, err
		}
	}
	if req.Project != "" && kind.InProject() {
		p, err := a.findProject(req.Project)
		if err != nil {
			return Doc{}, err
		}
		fields["project"] = doc.Ref(p)
	}
	return a.create(ctx, kind, fields)
}

// create makes a document of a kind with the fields given by name. Of a kind that
// a project has one of, that one gets the fields.
func (a *App) create(ctx context.Context, kind *noun.Kind, fields map[string]doc.Value) (Doc, error) {
	project, _ := fields["project"].AsRef()
	made, keyed := kind.NameOf(project, fields)
	err := a.journal.Write(ctx, func(tx *journal.Tx) error {
		if keyed {
			d, err := tx.Doc(made)
			switch {
			case errors.Is(err, journal.ErrNoDoc):
				return fillNew(tx, kind, doc.New(made), fields)
			case err != nil:
				return err
			case !d.Trashed():
				return fill(tx, kind, d, fields)
			}
			return fillNew(tx, kind, d, fields)
		}
		d, err := tx.New()
		if err != nil {
			return err
		}
		made = d.ID()
		return fillNew(tx, kind, d, fields)
	})
	if err != nil {
		return Doc{}, err
	}
	return a.reread(made)
}

// reread returns a document that was just written.
func (a *App) reread(name id.Doc) (Doc, error) {
	d, err := a.journal.Doc(name)
	if err != nil {
		return Doc{}, err
	}
	return a.plain(d), nil
}

// SetFieldRequest asks for a field to hold a value.
type SetFieldRequest struct {
	ID    string `json:"id"`
	Field string `json:"field"`
	Value string `json:"value"` // as a person types it; a counter grows by it
}

func (a *App) setField(ctx context.Context, req SetFieldRequest) (Doc, error) {
	return a.changeDoc(ctx, ChangeDocRequest{ID: req.ID, Fields: map[string]string{req.Field: req.Value}})
}

// ChangeDocRequest asks for several fields to hold values, all or none of them.
type ChangeDocRequest struct {
	ID     string            `json:"id"`
	Fields map[string]string `json:"fields"` // name → value as a person types it; a counter grows by it
	// Base is what stood in fields when the person began to type, in the same
	// form. Of prose and of lists of words, what others have changed since then
	// is kept beside what the person changed; other fields don't need it.
	Base map[string]string `json:"base,omitempty"`
}

func (a *App) changeDoc(ctx context.Context, req ChangeDocRequest) (Doc, error) {
	return a.edit(ctx, req.ID, func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		values := make(map[string]doc.Value, len(req.Fields))
		for name, text := range req.Fields {
			f, err := kind.FieldOf(name)
			if err != nil {
				return err
			}
			if values[name], err = f.Parse(text); err != nil {
				return err
			}
			if f.Name == "project" && kind.InProject() {
				return fault.New(fault.Invalid, "A document can't move to another project.", "Make a new one there.")
			}
			base, ok := req.Base[name]
			if !ok {
				continue
			}
			from, err := f.Parse(base)
			if err != nil {
				return err
			}
			values[name] = f.Rebase(from, values[name], d.Plain(f.Key()))
		}
		return fill(tx, kind, d, values)
	})
}

// edit changes one document in one batch.
func (a *App) edit(ctx context.Context, text string, change func(*journal.Tx, *doc.Doc, *noun.Kind) error) (Doc, error) {
	found, err := a.findDoc(text)
	if err != nil {
		return Doc{}, err
	}
	kind := a.catalog.ByNumber(found.Noun())
	if kind == nil {
		return Doc{}, fault.New(fault.Newer, "This kind of document comes from a later version of Cairn.", "Update Cairn to edit it.")
	}
	err = a.journal.Write(ctx, func(tx *journal.Tx) error {
		d, err := tx.Doc(found.ID())
		if err != nil {
			return err
		}
		return change(tx, d, kind)
	})
	if err != nil {
		return Doc{}, err
	}
	return a.reread(found.ID())
}

func (a *App) moveToTrash(ctx context.Context, req DocRequest) (Doc, error) {
	return a.edit(ctx, req.ID, func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		if d.Trashed() {
			return nil
		}
		if kept := []uint16{noun.Workspaces.Number, noun.Persons.Number}; slices.Contains(kept, kind.Number) {
			return fault.New(fault.Invalid, "A %s can't go to the trash.", "Change its fields instead.").With(sentence.Own(kind.Name))
		}
		return tx.Apply(d, kind.Number, d.Trash())
	})
}

func (a *App) takeFromTrash(ctx context.Context, req DocRequest) (Doc, error) {
	return a.edit(ctx, req.ID, func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		if !d.Trashed() {
			return nil
		}
		return tx.Apply(d, kind.Number, d.Restore())
	})
}
