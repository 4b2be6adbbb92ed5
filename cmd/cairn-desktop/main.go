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
	"syscall"
	"time"

	fyneapp "fyne.io/fyne/v2/app"

	"cairn/app"
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
		fmt.Fprintln(stderr, "cairn-desktop:", err)
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	w := newWindow(ctx, fyneapp.NewWithID(appID), app.Options{Dir: dir, Log: log, Now: time.Now, Rand: rand.Reader, Keys: app.KeysAuto})
	w.run()
	if err := w.close(); err != nil {
		fmt.Fprintln(stderr, "cairn-desktop:", err)
		return 1
	}
	return 0
}
