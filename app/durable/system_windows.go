package durable

import "golang.org/x/sys/windows"

// SyncDir does nothing: NTFS journals the names in a directory itself, and a
// directory can't be opened for syncing.
func SyncDir(string) error { return nil }

var noRoom = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}
