package roles

import (
	"context"

	"cairn/core/fault"
	"cairn/core/lifecycle"
	"cairn/ui/edit"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// shares is how the roles of the lifecycle mostly share the phases: who owns the
// budget answers for each; who does the work goes from those who know the data to
// those who build the model to those who run it.
var shares = map[string][4]string{ // in the order of Phases
	"business stakeholder":  {Accountable, Accountable, Accountable, Accountable},
	"subject matter expert": {Responsible, Consulted, Consulted, Consulted},
	"data scientist":        {Consulted, Responsible, Consulted, Responsible},
	"data engineer":         {Responsible, Responsible, Responsible, Consulted},
	"ML engineer":           {Consulted, Responsible, Responsible, Responsible},
}

// filling is what the usual adds to a row: one that there is, or a new one.
type filling struct {
	id       string // empty for a new one
	from, to map[string]string
}

// usual returns what to add for the roles of the lifecycle to be involved as they
// mostly are. What somebody has filled in stays, and nobody becomes accountable
// beside another.
func usual(s State) []filling {
	var out []filling
	there := map[string]bool{}
	for _, r := range s.Rows {
		if _, known := shares[r.Role]; !known || there[r.Role] {
			continue // of two who hold the same role, the first
		}
		there[r.Role] = true
		if r.ReadOnly || r.Gone || r.ID == edit.New {
			continue
		}
		f := filling{id: r.ID, from: map[string]string{}, to: map[string]string{}}
		for i, phase := range Phases {
			if r.Parts[phase] == "" && len(r.Disputed[phase]) == 0 {
				f.from[phase], f.to[phase] = "", part(s, r.Role, i)
			}
		}
		if len(f.to) > 0 {
			out = append(out, f)
		}
	}
	for _, role := range lifecycle.RoleNames {
		if there[role] {
			continue
		}
		f := filling{to: map[string]string{Role: role}}
		if holder := onlyOne(s.People, role); holder != "" {
			f.to[Holder] = holder
		}
		for i, phase := range Phases {
			f.to[phase] = part(s, role, i)
		}
		out = append(out, f)
	}
	return out
}

// part returns the usual part of a role in a phase, unless somebody else answers
// for the phase already.
func part(s State, role string, phase int) string {
	usual := shares[role][phase]
	if usual == Accountable && s.Columns[phase].Accountable > 0 {
		return Informed
	}
	return usual
}

// onlyOne returns the person whose profile has a role, nothing when several have.
func onlyOne(people []edit.Person, role string) string {
	found := ""
	for _, p := range people {
		for _, r := range p.Roles {
			if r != role {
				continue
			}
			if found != "" {
				return ""
			}
			found = p.ID
		}
	}
	return found
}

// FillUsual fills what is empty with the usual. It is one step to undo, also when
// it fails half way.
func (p *Presenter) FillUsual(ctx context.Context) error {
	p.Save(ctx)
	defer p.Load(ctx)
	var done []filling
	var err error
	for _, f := range usual(p.State.Get()) {
		if f.id == "" {
			f.id, err = p.source.Create(ctx, p.project, Kind, f.to)
		} else {
			err = p.source.Change(ctx, f.id, f.to, nil)
		}
		if err != nil {
			break
		}
		done = append(done, f)
	}
	if len(done) > 0 {
		p.past.Did(undo.Step{
			Name:  words.T("Filling in the usual"),
			Back:  func(ctx context.Context) error { return p.walk(ctx, done, true) },
			Again: func(ctx context.Context) error { return p.walk(ctx, done, false) },
		})
	}
	return err
}

// walk takes fillings back, or makes them again. It does nothing when somebody has
// changed one of them since.
func (p *Presenter) walk(ctx context.Context, fillings []filling, back bool) error {
	defer p.Load(ctx)
	docs, err := p.source.Documents(ctx, p.project, Kind)
	if err != nil {
		return err
	}
	now := map[string]map[string]string{}
	for _, d := range docs {
		now[d.ID] = d.Fields
	}
	for _, f := range fillings {
		fields, here := now[f.id]
		stood := f.to
		if !back {
			stood = f.from
		}
		made := f.from == nil
		if here != (back || !made) || here && !holds(fields, stood) {
			return fault.New(fault.Conflict, "Somebody has changed this since.", "Look at it first; the history has what stood there.")
		}
	}
	for _, f := range fillings {
		switch {
		case f.from == nil:
			err = p.source.Trash(ctx, f.id, back)
		case back:
			err = p.source.Change(ctx, f.id, f.from, nil)
		default:
			err = p.source.Change(ctx, f.id, f.to, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// holds reports whether fields hold texts.
func holds(fields, texts map[string]string) bool {
	for field, text := range texts {
		if fields[field] != text {
			return false
		}
	}
	return true
}
