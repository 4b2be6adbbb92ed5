package disk

// syncDir does nothing: NTFS journals the names in a directory itself, and a
// directory can't be opened for syncing.
func syncDir(string) error { return nil }
