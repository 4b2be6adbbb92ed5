package disk

// WithFreeSpace makes o ask free how much room is left on the volume.
func (o Options) WithFreeSpace(free func() uint64) Options {
	o.freeSpace = func(string) (uint64, error) { return free(), nil }
	return o
}
