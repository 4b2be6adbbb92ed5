package presence

// What the tests of the frame need.
var (
	Encode = encode
	Decode = decode
)
