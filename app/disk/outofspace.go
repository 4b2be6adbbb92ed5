package disk

// OutOfSpace reports whether err, of any file operation, says that the disk or
// a quota is full.
func OutOfSpace(err error) bool { return outOfSpace(err) }
