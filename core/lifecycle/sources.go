package lifecycle

import (
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// dimensions are those of data quality, in the order of noun.Expectation.
var dimensions = func() []string {
	f, _ := noun.Expectations.Field("dimension")
	return f.OneOf
}()

// sourcesLack adds what the data sources lack: for the project as a whole an
// expectation in each dimension, and for each source the same as advice.
func (p *project) sourcesLack(l *list) {
	if len(p.sources) == 0 {
		l.must(SourcesBegin, nil, "")
		return
	}
	for _, s := range p.sources {
		d, name := s.doc, title(s.doc)
		by := func(item *Item) { item.Who = p.who(item.Who.Roles, s.view.Owner) }
		if blank(s.view.Name) {
			by(l.must(SourceName, d, "name"))
		}
		if s.view.Owner.IsZero() {
			l.must(SourceOwner, d, "owner", name)
		}
		if s.view.PersonalData != "yes" && s.view.PersonalData != "no" {
			by(l.must(SourcePersonal, d, "personal_data", name))
		}
		switch s.view.Access {
		case "":
			by(l.advise(SourceAccess, d, "access", name))
		case "refused":
			by(l.advise(SourceRefused, d, "access", name))
		}
	}
	p.qualityLacks(l)
}

// expected is a dimension of a source that something is expected of.
type expected struct {
	source    id.Doc
	dimension string
}

func (p *project) qualityLacks(l *list) {
	here := map[id.Doc]bool{}
	for _, s := range p.sources {
		here[s.doc.ID()] = true
	}
	of, anywhere := map[expected]bool{}, map[string]bool{}
	for _, e := range p.expectations {
		if here[e.view.Source] && (!blank(e.view.Statement) || e.view.Rule != "") {
			of[expected{e.view.Source, e.view.Dimension}] = true
			anywhere[e.view.Dimension] = true
		}
	}
	for _, dimension := range dimensions {
		if !anywhere[dimension] {
			l.must(QualityMissing, nil, "", sentence.Own(dimension))
			continue
		}
		for _, s := range p.sources {
			if !of[expected{s.doc.ID(), dimension}] {
				item := l.advise(SourceQuality, s.doc, "", title(s.doc), sentence.Own(dimension))
				item.Who = p.who(item.Who.Roles, s.view.Owner)
			}
		}
	}
}
