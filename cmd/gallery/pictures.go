package main

import (
	"slices"

	"cairn/ui/words"
)

// state is something the window can show.
type state struct {
	name  string
	show  func(*stage)
	all   bool // looked at in every size, both variants and both languages
	empty bool // no workspace yet
	made  bool // of a made-up team, not of the demo
}

// pictures returns every state in plain light English, and those that matter
// most in all other ways, too.
func pictures() []picture {
	var out []picture
	for _, s := range slices.Concat(states, teamStates, joinStates, conflictStates, presenceStates) {
		base := picture{state: s.name, show: s.show, empty: s.empty || s.made, language: words.English, scale: 1, width: 1440, height: 900}
		if s.made {
			base.width, base.height = 1280, 800
		}
		out = append(out, base)
		if !s.all {
			continue
		}
		dark, korean, narrow, wide, sharp := base, base, base, base, base
		dark.dark = true
		korean.language = words.Korean
		narrow.width, narrow.height = 1120, 720
		wide.width, wide.height = 1920, 1080
		sharp.scale = 2
		both := dark
		both.language = words.Korean
		out = append(out, dark, korean, narrow, wide, sharp, both)
	}
	return out
}
