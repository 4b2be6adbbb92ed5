package lifecycle

import (
	"cairn/core/id"
	"cairn/core/noun"
)

// maxThread bounds how far a comment is followed to the one that began its
// thread; only a faulty writer makes longer ones, or rings.
const maxThread = 64

// talk is the comments of a project by thread.
type talk struct {
	root   map[id.Doc]entry[noun.Comment] // comment → the one that began its thread
	latest map[turn]id.Doc                // a person's latest comment in a thread
}

// turn is a person in a thread.
type turn struct {
	root   id.Doc
	person id.Person
}

func (p *project) follow() talk {
	byID := make(map[id.Doc]entry[noun.Comment], len(p.comments))
	for _, c := range p.comments {
		byID[c.doc.ID()] = c
	}
	t := talk{root: map[id.Doc]entry[noun.Comment]{}, latest: map[turn]id.Doc{}}
	for _, c := range p.comments {
		root := c
		for range maxThread {
			parent, ok := byID[root.view.Parent]
			if !ok {
				break
			}
			root = parent
		}
		t.root[c.doc.ID()] = root
		at := turn{root.doc.ID(), p.writerOf(c)}
		if c.doc.ID().Compare(t.latest[at]) > 0 {
			t.latest[at] = c.doc.ID()
		}
	}
	return t
}

// askedIn adds the open comments on the page's documents that ask somebody to
// look who has not written in the thread since.
func (p *project) askedIn(l *list) {
	if len(p.comments) == 0 {
		return
	}
	here := map[id.Doc]bool{}
	for _, d := range p.pages[l.page] {
		here[d.ID()] = true
	}
	for _, c := range p.comments {
		root := p.talk.root[c.doc.ID()]
		// What is about the project as a whole is asked on its first page.
		ours := here[root.view.About] || root.view.About == p.Project && l.page == Charter
		if !ours || c.view.Resolved || root.view.Resolved {
			continue
		}
		author := p.writerOf(c)
		for _, person := range c.view.Mentions {
			answered := p.talk.latest[turn{root.doc.ID(), person}].Compare(c.doc.ID()) > 0
			if person != author && p.mayWrite(person) && !answered {
				item := l.advise(Mention, c.doc, "", p.name(author), p.name(person))
				item.Who, item.Mentioned = Who{Persons: []id.Person{person}}, person
			}
		}
	}
}

// writerOf returns who began a comment: who said what it is about.
func (p *project) writerOf(c entry[noun.Comment]) id.Person {
	f, _ := noun.Comments.Field("about")
	v, ok := c.doc.Register(f.Number)
	if !ok || p.Author == nil {
		return id.Person{}
	}
	return p.Author(v.By.Log)
}
