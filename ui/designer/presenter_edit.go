package designer

import (
	"slices"
	"strings"

	"cairn/core/template"
)

// change makes the draft another. The presenter works on a copy, for what is
// shown is shared with those who draw it.
func (p *Presenter) change(do func(t *template.Template)) {
	p.State.Update(func(s State) State {
		if !s.Editable() {
			return s
		}
		draft := clone(s.Draft)
		do(&draft)
		return s.with(draft)
	})
	s := p.State.Get()
	if s.Editable() && !equal(s.Draft, s.Stored.Design) {
		p.line.Pending(editor)
	}
}

func clone(t template.Template) template.Template {
	t.Sections = slices.Clone(t.Sections)
	for i := range t.Sections {
		t.Sections[i].Fields = slices.Clone(t.Sections[i].Fields)
	}
	return t
}

// SetName takes the name of the template.
func (p *Presenter) SetName(text string) { p.change(func(t *template.Template) { t.Name = text }) }

// SetAbout takes what the template is for.
func (p *Presenter) SetAbout(text string) { p.change(func(t *template.Template) { t.About = text }) }

// SetPhase takes the phase that the template belongs to, empty for any.
func (p *Presenter) SetPhase(phase string) { p.change(func(t *template.Template) { t.Phase = phase }) }

// Edit shows a field to be edited, none when key is empty.
func (p *Presenter) Edit(key string) {
	p.State.Update(func(s State) State {
		if s.Field == key {
			key = "" // a second press closes it
		}
		s.Field = key
		return s
	})
}

// section changes the section with a key.
func (p *Presenter) section(key string, do func(*template.Section)) {
	p.change(func(t *template.Template) {
		for i := range t.Sections {
			if t.Sections[i].Key == key {
				do(&t.Sections[i])
				return
			}
		}
	})
}

// SetTitle takes the title of a section.
func (p *Presenter) SetTitle(key, text string) {
	p.section(key, func(s *template.Section) { s.Title = text })
}

// SetHelp takes what explains a section.
func (p *Presenter) SetHelp(key, text string) {
	p.section(key, func(s *template.Section) { s.Help = text })
}

// Change changes the field with a key, whose key must stay.
func (p *Presenter) Change(key string, do func(*template.Field)) {
	p.change(func(t *template.Template) {
		for i := range t.Sections {
			for j := range t.Sections[i].Fields {
				if f := &t.Sections[i].Fields[j]; f.Key == key {
					do(f)
					return
				}
			}
		}
	})
}

// SetKind makes a field take another sort of answer, and takes out what only the
// one before had.
func (p *Presenter) SetKind(key string, kind template.Kind) {
	p.Change(key, func(f *template.Field) {
		f.Kind = kind
		if kind != template.Number && kind != template.Money || kind == template.Money && len(f.Unit) != 3 {
			f.Unit = ""
		}
		if !kind.Chosen() {
			f.Choices = nil
		}
		f.Of = map[bool]string{true: f.Of, false: ""}[kind == template.Link]
		if kind == template.Link && f.Of == "" {
			f.Of = template.Linkable()[0]
		}
	})
}

// AddSection adds a section at the end.
func (p *Presenter) AddSection(title string) {
	if title = strings.TrimSpace(title); title == "" {
		return
	}
	p.change(func(t *template.Template) {
		t.Sections = append(t.Sections, template.Section{Title: title})
		*t = t.WithKeys(p.suffix)
	})
}

// AddField adds a question at the end of a section and shows it to be edited.
func (p *Presenter) AddField(section, label string) {
	if label = strings.TrimSpace(label); label == "" {
		return
	}
	p.section(section, func(s *template.Section) {
		s.Fields = append(s.Fields, template.Field{Label: label, Kind: template.Prose})
	})
	p.change(func(t *template.Template) { *t = t.WithKeys(p.suffix) })
	p.State.Update(func(s State) State {
		for _, x := range s.Draft.Sections {
			if x.Key == section && len(x.Fields) > 0 {
				s.Field = x.Fields[len(x.Fields)-1].Key
			}
		}
		return s
	})
}

// RemoveSection takes a section out, with its fields.
func (p *Presenter) RemoveSection(key string) {
	p.change(func(t *template.Template) {
		t.Sections = slices.DeleteFunc(t.Sections, func(s template.Section) bool { return s.Key == key })
	})
}

// RemoveField takes a field out.
func (p *Presenter) RemoveField(key string) {
	p.change(func(t *template.Template) {
		for i := range t.Sections {
			t.Sections[i].Fields = slices.DeleteFunc(t.Sections[i].Fields, func(f template.Field) bool { return f.Key == key })
		}
	})
}

// MoveSection moves a section one place up or down.
func (p *Presenter) MoveSection(key string, by int) {
	p.change(func(t *template.Template) {
		i := slices.IndexFunc(t.Sections, func(s template.Section) bool { return s.Key == key })
		if j := i + by; i >= 0 && j >= 0 && j < len(t.Sections) {
			t.Sections[i], t.Sections[j] = t.Sections[j], t.Sections[i]
		}
	})
}

// MoveField moves a field one place up or down; beyond an end of its section it
// goes to the next one.
func (p *Presenter) MoveField(key string, by int) {
	p.change(func(t *template.Template) {
		for i := range t.Sections {
			fields := t.Sections[i].Fields
			j := slices.IndexFunc(fields, func(f template.Field) bool { return f.Key == key })
			if j < 0 {
				continue
			}
			if to := j + by; to >= 0 && to < len(fields) {
				fields[j], fields[to] = fields[to], fields[j]
				return
			}
			beside := i + by
			if beside < 0 || beside >= len(t.Sections) {
				return
			}
			f := fields[j]
			t.Sections[i].Fields = slices.Delete(fields, j, j+1)
			at := 0
			if by < 0 {
				at = len(t.Sections[beside].Fields)
			}
			t.Sections[beside].Fields = slices.Insert(t.Sections[beside].Fields, at, f)
			return
		}
	})
}
