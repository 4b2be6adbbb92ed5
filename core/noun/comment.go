package noun

import "cairn/core/id"

// Comment is what a person says about a document. Who said it and when is in
// its history.
type Comment struct {
	InProject
	About    id.Doc `cairn:"2"`
	Body     string `cairn:"3,text"`
	Resolved bool   `cairn:"4"`
}

// Comments is the kind of comments.
var Comments = Define[Comment](6, "comment")
