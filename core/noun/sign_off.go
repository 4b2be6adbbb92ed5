package noun

import (
	"cairn/core/doc"
	"cairn/core/id"
)

// SignOff is a person's verdict on what a page or a phase says, bound to the
// content it was given for: Content has a record {"doc": ID, "digest": text} for
// each document. It counts while its history shows that the person wrote it.
type SignOff struct {
	InProject
	Scope   string      `cairn:"2,title"` // a page ("value") or a phase ("design")
	Person  id.Doc      `cairn:"3"`
	Role    string      `cairn:"4"` // in which the person decided
	Verdict string      `cairn:"5,oneof=approved|rejected"`
	Note    string      `cairn:"6,text"`
	Content []doc.Value `cairn:"7,set"`
	Amount  *float64    `cairn:"8"` // what the value model was worth then
	Unit    string      `cairn:"9"` // of the amount: USD/month
	Revoked bool        `cairn:"10"`
}

// SignOffs is the kind of sign-offs.
var SignOffs = Define[SignOff](12, "sign_off")
