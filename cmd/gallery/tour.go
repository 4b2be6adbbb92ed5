package main

import "cairn/ui/words"

// tour is the pictures of the documentation: a walk through the demo, with both
// languages and both variants in it.
func tour() []picture {
	var out []picture
	for _, p := range []struct {
		state    string
		dark     bool
		language words.Language
	}{
		{"overview", false, words.English},
		{"value", false, words.English},
		{"thread", true, words.English},
		{"metrics", false, words.English},
		{"sign-off", false, words.Korean},
		{"palette", true, words.English},
	} {
		for _, s := range states {
			if s.name == p.state {
				out = append(out, picture{state: s.name, show: s.show, empty: s.empty, dark: p.dark, language: p.language, scale: 1, width: 1440, height: 900, file: s.name})
			}
		}
	}
	return out
}
