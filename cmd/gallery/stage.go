package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/app"
	"cairn/app/demo"
	"cairn/cmd/window"
	"cairn/core/id"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// now is when all pictures are taken: a Wednesday afternoon.
var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

// stage is the real window, over a copy of the demo or an empty folder.
type stage struct {
	folder  string // of this stage, removed at the end
	project id.Doc
	app     fyne.App
	canvas  test.WindowlessCanvas
	window  *window.Window // nil when it is …
	frame   *frame         // … a made-up team's
}

// lots draws the same lots for every picture.
func lots() io.Reader { return rand.NewChaCha8([32]byte{1}) }

func options(dir string) app.Options {
	return app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(dir, "installs"), Keys: app.KeysFile,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, Rand: lots(),
	}
}

// model is a demo that stages are copies of.
type model struct {
	folder  string
	project id.Doc
}

// models are the demos by language, each made when it is needed first.
type models map[words.Language]model

func (m models) of(language words.Language) (model, error) {
	if made, ok := m[language]; ok {
		return made, nil
	}
	folder, err := os.MkdirTemp("", "cairn-gallery-")
	if err != nil {
		return model{}, err
	}
	m[language] = model{folder: folder}
	person := map[words.Language]string{words.English: "Minji Kim", words.Korean: "김민지"}[language]
	made, err := demo.Make(context.Background(), options(folder), demo.Guest{Person: person, Roles: []string{"data scientist"}, Language: string(language), Seed: 1})
	if err != nil {
		return model{}, err
	}
	m[language] = model{folder, made.Project}
	return m[language], made.App.Close()
}

func (m models) remove() {
	for _, made := range m {
		_ = os.RemoveAll(made.folder)
	}
}

// newStage returns a stage on a copy of the demo, or on an empty folder.
func newStage(p picture, models models) (*stage, error) {
	folder, err := os.MkdirTemp("", "cairn-gallery-")
	if err != nil {
		return nil, err
	}
	s := &stage{folder: folder}
	if !p.empty {
		made, err := models.of(p.language)
		if err == nil {
			err = os.CopyFS(folder, os.DirFS(made.folder))
		}
		if err != nil {
			s.close()
			return nil, err
		}
		s.project = made.project
	}
	s.app = test.NewApp()
	mode := theme.LightOne
	if p.dark {
		mode = theme.DarkOne
	}
	s.app.Preferences().SetString(shell.KeyTheme, string(mode))
	s.app.Preferences().SetString(shell.KeyLanguage, string(p.language))
	return s, nil
}

// open shows the window at a page of the demo's project.
func (s *stage) open(page shell.Page) {
	s.app.Preferences().SetString("page", string(page))
	s.app.Preferences().SetString("project", s.project.String())
	s.begin()
}

// begin shows the window as it comes up.
func (s *stage) begin() {
	s.window = window.Still(context.Background(), s.app, options(s.folder))
	s.canvas = s.window.Shown().Canvas().(test.WindowlessCanvas)
	s.canvas.SetPadded(false)
	s.window.Settle()
}

// fail shows the page again when nothing can be read.
func (s *stage) fail(err error) {
	s.window.Break(err)
	s.window.Reload()
	s.window.Settle()
}

// press presses the button, tab or line that says words.
func (s *stage) press(says string) {
	for _, o := range s.shown() {
		for _, b := range kittest.Find[fyne.CanvasObject](o) {
			switch b := b.(type) {
			case *kit.Button:
				if b.Words() != says {
					continue
				}
				b.Tap()
			case *kit.Tab, *kit.Plain:
				if !kittest.Says(b, says) {
					continue
				}
				b.(fyne.Tappable).Tapped(nil)
			default:
				continue
			}
			s.settle()
			return
		}
	}
	panic(fmt.Sprintf("gallery: nothing is called %q", says))
}

// write puts text into the field that holds one, as a person does.
func (s *stage) write(into, text string) {
	for _, o := range s.shown() {
		for _, e := range kittest.Find[*kit.Entry](o) {
			if e.Text == into || strings.HasPrefix(e.Text, into) && into != "" {
				s.canvas.Focus(e)
				e.Put("")
				test.Type(e, text)
				s.settle()
				return
			}
		}
	}
	panic(fmt.Sprintf("gallery: no field holds %q", into))
}

// shown lists what is on screen, the topmost first.
func (s *stage) shown() []fyne.CanvasObject {
	out := []fyne.CanvasObject{s.canvas.Content()}
	for _, o := range s.canvas.Overlays().List() {
		out = append([]fyne.CanvasObject{o}, out...)
	}
	return out
}

// settle does what is worked out beside the window.
func (s *stage) settle() {
	if s.frame != nil {
		s.frame.crew.Wait()
		return
	}
	s.window.Settle()
}

func (s *stage) close() {
	if s.frame != nil {
		s.frame.close()
	}
	if s.window != nil {
		_ = s.window.Close()
		s.window.Settle()
	}
	_ = os.RemoveAll(s.folder)
}

// choose presses the line of a menu, or what else is on top, that says words.
func (s *stage) choose(says string) {
	var found fyne.Tappable
	for _, o := range kittest.Find[fyne.CanvasObject](s.shown()[0]) {
		if t, ok := o.(fyne.Tappable); ok && kittest.Says(o, says) {
			found = t
		}
	}
	found.Tapped(nil)
	s.settle()
}

// more presses the button without words that follows the first place that says
// words.
func (s *stage) more(says string) {
	after := false
	for _, o := range kittest.Find[fyne.CanvasObject](s.shown()[0]) {
		after = after || kittest.Says(o, says) && len(kittest.Find[fyne.CanvasObject](o)) == 1
		if b, ok := o.(*kit.Button); ok && after && b.Words() == "" {
			b.Tap()
			s.settle()
			return
		}
	}
	panic(fmt.Sprintf("gallery: nothing stands beside %q", says))
}
