package discovery

import "cairn/core/member"

// ParseFields reads a link whose head is empty but for the role, with fields
// behind it, and a checksum that is right.
func ParseFields(fields []byte, role member.Role) (Link, bool) {
	b := make([]byte, linkHead, linkHead+len(fields)+linkSum)
	b[0], b[linkHead-5] = linkVersion, byte(role)
	b = append(b, fields...)
	if len(b)+linkSum > linkBytesMost {
		return Link{}, false
	}
	b[1] = byte(len(b) + linkSum)
	sum := sumOf(b)
	l, err := Parse(linkPrefix + "1/" + linkText.EncodeToString(append(b, sum[:]...)))
	return l, err == nil
}
