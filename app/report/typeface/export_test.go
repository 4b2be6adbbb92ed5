package typeface

import "golang.org/x/image/font/sfnt"

// Original returns the font that a weight is built in with.
func Original(w Weight) *sfnt.Font { return faces[w]().font }
