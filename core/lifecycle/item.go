package lifecycle

import (
	"cairn/core/id"
	"cairn/core/sentence"
)

// saidRunes is how much of what people wrote a sentence bears.
const saidRunes = 60

// said returns what people wrote for a sentence.
func said(text string) sentence.Arg { return sentence.Wrote(sentence.Clip(text, saidRunes)) }

// Item is something that a page lacks.
type Item struct {
	Code Code
	Must bool // keeps the page from being signed off; else it is advice
	Page Page
	// Doc is the document it concerns, and Field the name of the field; zero
	// when there is none yet.
	Doc   id.Doc
	Field string
	Args  []sentence.Arg
	Who   Who
	// Mentioned is who is asked by a comment, zero for any other item.
	Mentioned id.Person
}

// Who says who can give something: anybody when both are empty. Persons are
// members who may write, and hold one of the roles or are named in the document.
type Who struct {
	Roles   []string
	Persons []id.Person
}
