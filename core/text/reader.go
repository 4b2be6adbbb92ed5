package text

import "cairn/core/canon"

// reader takes foreign bytes apart.
type reader struct{ canon.Reader }

func newReader(b []byte) reader {
	return reader{canon.Reader{Rest: b, Malformed: ErrMalformed}}
}
