package branch

// What tests and golden files see of the formats.
var (
	AppendAsk  = appendAsk
	DecodeAsk  = decodeAsk
	AppendTail = appendTail
	DecodeTail = decodeTail
)

// The kinds of frames.
const (
	KindAsk       = kindAsk
	KindTail      = kindTail
	QuestionsMost = questionsMost
)
