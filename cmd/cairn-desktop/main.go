// Command cairn-desktop is Cairn's window. It holds the workspace's folder and
// answers other programs meanwhile; where another process holds the folder, it
// asks that one.
package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	fyneapp "fyne.io/fyne/v2/app"

	"cairn/app"
	"cairn/cmd/window"
	"cairn/core/fault"
)

// appID names the window's preferences; it is that of FyneApp.toml.
const appID = "org.cairnml.cairn"

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("cairn-desktop", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", "", "the workspace's folder; else CAIRN_DATA, else where the system keeps data")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	dir, err := folder(*data)
	if err != nil {
		fmt.Fprintln(stderr, "cairn-desktop:", fault.Message(err), fault.Hint(err))
		return 1
	}
	if !hasDisplay(runtime.GOOS, os.Getenv) {
		fmt.Fprintln(stderr, "cairn-desktop: There is no display here for a window. Work with `cairn` on the command line, or set DISPLAY.")
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	w := window.New(ctx, fyneapp.NewWithID(appID), app.Options{Dir: dir, Log: log, Now: time.Now, Rand: rand.Reader, Keys: app.KeysAuto})
	w.Run()
	if err := w.Close(); err != nil {
		fmt.Fprintln(stderr, "cairn-desktop:", fault.Message(err), fault.Hint(err))
		return 1
	}
	return 0
}

// hasDisplay reports whether a window could open. Where windows come from an X11
// or Wayland server, the environment names it.
func hasDisplay(system string, getenv func(string) string) bool {
	return system == "darwin" || system == "windows" || getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}
