package relay

import (
	"context"
	"fmt"
	"log/slog"
)

// logger hands on what the server logs. What would end a program of its own
// ends this server only.
type logger struct {
	log    *slog.Logger
	failed chan<- error
}

func (l *logger) say(level slog.Level, format string, args []any) {
	l.log.Log(context.Background(), level, "relay", "says", fmt.Sprintf(format, args...))
}

func (l *logger) Noticef(format string, args ...any) { l.say(slog.LevelInfo, format, args) }
func (l *logger) Warnf(format string, args ...any)   { l.say(slog.LevelWarn, format, args) }
func (l *logger) Errorf(format string, args ...any)  { l.say(slog.LevelError, format, args) }
func (l *logger) Debugf(format string, args ...any)  { l.say(slog.LevelDebug, format, args) }
func (l *logger) Tracef(format string, args ...any)  { l.say(slog.LevelDebug, format, args) }

// Fatalf says why the server can't go on.
func (l *logger) Fatalf(format string, args ...any) {
	l.say(slog.LevelError, format, args)
	select {
	case l.failed <- fmt.Errorf(format, args...):
	default: // the first reason is the one
	}
}
