package window

import (
	"context"

	"cairn/app"
	corethread "cairn/core/thread"
	"cairn/ui/metrics"
)

// Strands implements thread.Source.
func (s *session) Strands(ctx context.Context, project string) ([]corethread.Strand, error) {
	found, err := do(ctx, s, app.ShowThread, app.ThreadRequest{Project: project})
	return found.Strands, err
}

// Links implements metrics.Source.
func (s documents) Links(ctx context.Context, project string) (metrics.Links, error) {
	board, err := do(ctx, s.session, app.ShowBoard, app.BoardRequest{Project: project})
	if err != nil {
		return metrics.Links{}, err
	}
	out := metrics.Links{Metrics: map[string]metrics.Link{}}
	for _, column := range board.Columns {
		for _, m := range column.Metrics {
			var link metrics.Link
			for _, r := range m.Requirements {
				link.Requirements = append(link.Requirements, r.String())
			}
			for _, f := range m.Flags {
				link.Flags = append(link.Flags, f.Flag)
			}
			out.Metrics[m.ID.String()] = link
		}
	}
	for _, r := range board.Requirements {
		for _, f := range r.Flags {
			if f.Flag == corethread.FlagUnlinked {
				out.Unserved = append(out.Unserved, r.ID.String())
			}
		}
	}
	return out, nil
}
