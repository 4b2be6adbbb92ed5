package noun

import "cairn/core/id"

// Comment is what a person says about a document. Who said it and when is in
// its history.
type Comment struct {
	InProject
	About    id.Doc   `cairn:"2"`
	Body     string   `cairn:"3,text"`
	Resolved bool     `cairn:"4"`
	Mentions []id.Doc `cairn:"5,set"` // persons it asks to look
	Field    string   `cairn:"6"`     // of the document, empty for it as a whole
	Parent   id.Doc   `cairn:"7"`     // the comment that it answers
}

// Comments is the kind of comments.
var Comments = Define[Comment](6, "comment")
