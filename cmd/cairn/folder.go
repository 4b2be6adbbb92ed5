package main

import (
	"os"
	"path/filepath"
	"runtime"

	"cairn/core/fault"
)

// dir returns the workspace folder.
func (c *cli) dir() (string, error) {
	dir := c.dataDir
	if dir == "" {
		dir = os.Getenv("CAIRN_DATA")
	}
	if dir == "" {
		return systemDir()
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "The current folder can't be found.", "Name the workspace folder by its full path with --data.")
	}
	return abs, nil
}

// systemDir returns where the system keeps a person's data.
func systemDir() (string, error) {
	if xdg := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
		return filepath.Join(xdg, "cairn"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "The system does not say where your files belong.", "Name the workspace folder with --data.")
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Cairn"), nil
	case "windows":
		if local := os.Getenv("LocalAppData"); local != "" {
			return filepath.Join(local, "Cairn"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Cairn"), nil
	default:
		return filepath.Join(home, ".local", "share", "cairn"), nil
	}
}
