package app

import "cairn/app/disk"

// TestOnlyDisk returns the folder, for what no use case writes yet.
func (a *App) TestOnlyDisk() *disk.Disk { return a.disk }
