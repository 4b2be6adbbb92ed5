// Command gallery draws every screen in every state as a PNG, without a
// display: for those who build screens to look at, and for the documentation.
package main

import (
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/words"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("gallery", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "dist/gallery", "the folder for the pictures")
	walk := flags.Bool("tour", false, "draw the pictures of the documentation instead")
	only := flags.String("only", "", "draw only those whose name contains this")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if err := os.MkdirAll(*out, 0o750); err != nil {
		fmt.Fprintln(stderr, "gallery:", err)
		return 1
	}
	made := models{}
	defer made.remove()
	all := pictures()
	if *walk {
		all = tour()
	}
	for _, p := range all {
		if !strings.Contains(p.name(), *only) {
			continue
		}
		file := filepath.Join(*out, p.name()+".png")
		if err := p.draw(file, made); err != nil {
			fmt.Fprintln(stderr, "gallery:", err)
			return 1
		}
		fmt.Fprintln(stdout, file)
	}
	return 0
}

// picture is a state of the window, and how it is looked at.
type picture struct {
	state    string
	show     func(*stage)
	empty    bool // no workspace yet
	dark     bool
	language words.Language
	scale    float32
	width    float32
	height   float32
	file     string // its name, when that is not to say all of it
}

// name says all of that, so that a file name is enough to talk about it.
func (p picture) name() string {
	if p.file != "" {
		return p.file
	}
	mode := "light"
	if p.dark {
		mode = "dark"
	}
	name := fmt.Sprintf("%s-%s-%s-%.0f", p.state, mode, p.language, p.width)
	if p.scale != 1 {
		name += fmt.Sprintf("@%.0f", p.scale)
	}
	return name
}

func (p picture) draw(file string, models models) error {
	if err := words.Speak(p.language); err != nil {
		return err
	}
	s, err := newStage(p, models)
	if err != nil {
		return err
	}
	defer test.NewApp() // leaves nothing of this picture behind
	defer s.close()
	p.show(s)
	s.settle() // what is worked out beside the window shows, too
	s.canvas.SetScale(p.scale)
	s.canvas.Resize(fyne.NewSize(p.width, p.height))
	f, err := os.Create(file) //nolint:gosec // the caller names the folder
	if err != nil {
		return err
	}
	if err := png.Encode(f, s.canvas.Capture()); err != nil {
		return err
	}
	return f.Close()
}
