package journal

import (
	"context"

	"cairn/app/disk"
)

// TestOnlyAppend puts fn in the place of the disk's Append, or takes it away.
func (j *Journal) TestOnlyAppend(ctx context.Context, fn func([]disk.Entry) error) error {
	return j.do(ctx, func() error {
		j.store = j.Disk.Append
		if fn != nil {
			j.store = fn
		}
		return nil
	})
}

// Queued returns how many requests wait for the committer.
func (j *Journal) Queued() int { return len(j.requests) }
