// Package assets holds the data that is built into the programs.
package assets

import (
	"embed"
)

// Templates are the value models that Cairn comes with, each a file
// templates/NAME.yaml in the form that value.ReadYAML reads.
//
//go:embed templates/*.yaml
var Templates embed.FS

// Designs are the design templates that Cairn comes with, each a file
// designs/NAME.yaml in the form that template.ReadYAML reads.
//
//go:embed designs/*.yaml
var Designs embed.FS

// Fonts are the two weights of Pretendard, which has Latin and all of Hangul,
// so that both languages look alike on a machine without fonts for them.
//
//go:embed fonts/*.otf
var Fonts embed.FS

// Icons are those of Lucide that the window uses, icons/NAME.svg: strokes in
// currentColor on a grid of 24.
//
//go:embed icons/*.svg
var Icons embed.FS

// Words are the translations, words/LANGUAGE/PART.json, a part for each part of
// the window: from the English text in the code to that language.
//
//go:embed words/*/*.json
var Words embed.FS

// Mark is Cairn's sign as a drawing.
//
//go:embed brand/cairn.svg
var Mark []byte

// AppIcon is the same as a picture of 512 pixels, which systems show.
//
//go:embed brand/cairn.png
var AppIcon []byte
