package app

import "cairn/app/disk"

// A cursor as it is sent, and back.
var (
	PositionOf = positionOf
	CaretOf    = caretOf
)

// TestOnlyDisk returns the folder, for what no use case writes yet.
func (a *App) TestOnlyDisk() *disk.Disk { return a.disk }
