package main

import "testing"

func TestHasDisplay(t *testing.T) {
	for name, c := range map[string]struct {
		system, variable string
		want             bool
	}{
		"Linux with X11":     {"linux", "DISPLAY", true},
		"Linux with Wayland": {"linux", "WAYLAND_DISPLAY", true},
		"Linux without":      {"linux", "", false},
		"BSD without":        {"freebsd", "", false},
		"macOS":              {"darwin", "", true},
		"Windows":            {"windows", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			getenv := func(name string) string {
				if name == c.variable {
					return ":0"
				}
				return ""
			}
			if got := hasDisplay(c.system, getenv); got != c.want {
				t.Errorf("hasDisplay(%s) with %q set = %v, want %v", c.system, c.variable, got, c.want)
			}
		})
	}
}
