// Package assets holds the data that is built into the programs.
package assets

import "embed"

// Templates are the value models that Cairn comes with, each a file
// templates/NAME.yaml in the form that value.ReadYAML reads.
//
//go:embed templates/*.yaml
var Templates embed.FS
