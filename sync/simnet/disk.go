package simnet

import "slices"

// Disk keeps records in the order in which they were written. It is ready as
// the zero Disk.
type Disk struct {
	records [][]byte
	synced  int
}

// Write writes a record, which then belongs to the disk. It is safe once Sync
// has been called.
func (d *Disk) Write(record []byte) { d.records = append(d.records, record) }

// Sync makes all that was written safe.
func (d *Disk) Sync() { d.synced = len(d.records) }

// Crash loses some of what is not safe: a part of it, from some record to the
// end.
func (d *Disk) Crash(w *World) {
	unsafe := len(d.records) - d.synced
	d.records = d.records[:d.synced+w.Rand.IntN(unsafe+1)]
	d.Sync()
}

// Records returns what is on the disk, safe or not. It is not to be changed.
func (d *Disk) Records() [][]byte { return d.records }

// Copy returns a disk that holds what is safe: a backup.
func (d *Disk) Copy() *Disk {
	return &Disk{records: slices.Clone(d.records[:d.synced]), synced: d.synced}
}
