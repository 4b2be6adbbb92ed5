// Package rawfile reads the files of a Badger database without the database:
// the key registry, tables and write-ahead files.
//
// The database is made for files that a crash may have left behind and not for
// ones that are damaged: it cuts, deletes or skips what it can't read, and
// some of it ends the process. This package reads the same bytes, changes
// none, bounds what it allocates by their number, and returns errors.
package rawfile
