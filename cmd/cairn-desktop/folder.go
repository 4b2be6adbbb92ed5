package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// folder returns the workspace's folder, as the command line finds it.
func folder(given string) (string, error) {
	for _, dir := range []string{given, os.Getenv("CAIRN_DATA")} {
		if dir != "" {
			return filepath.Abs(dir)
		}
	}
	if xdg := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
		return filepath.Join(xdg, "cairn"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("the system does not say where your files belong; name a folder with --data: %w", err)
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Cairn"), nil
	case "windows":
		if local := os.Getenv("LocalAppData"); local != "" {
			return filepath.Join(local, "Cairn"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Cairn"), nil
	}
	return filepath.Join(home, ".local", "share", "cairn"), nil
}
