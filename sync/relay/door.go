package relay

import "context"

func (s *session) keepDoor(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
