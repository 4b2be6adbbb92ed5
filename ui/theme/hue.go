package theme

import "hash/fnv"

// Hue returns the number of the colour that a person has wherever they are shown,
// from their ID.
func Hue(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash takes everything
	return int(h.Sum32() % uint32(len(Light.Chart)))
}
