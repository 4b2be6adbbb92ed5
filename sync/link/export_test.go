package link

// Strangers returns how many connections there are of whom nothing is known yet.
func Strangers(h *Host) int { return h.gate.count() }
