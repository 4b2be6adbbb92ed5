package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"cairn/app/durable"
	"cairn/core/fault"
	"cairn/core/sentence"
)

// States that a caller expects.
var (
	// ErrNotFound is returned for a document, chunk, note or blob that is not here.
	ErrNotFound = errors.New("not on this disk")
	// ErrGap is returned by Append for a batch that does not start where its
	// log ends.
	ErrGap = errors.New("the batch does not continue its log")
	// ErrTooLarge is in the chain of the error for a value above MaxValue.
	ErrTooLarge = errors.New("too large for one record")
	// ErrClosed is returned by every method after Close.
	ErrClosed = errors.New("the disk is closed")
)

// Hints that more than one fault gives.
const (
	hintFull    = "Free some space on that disk and try again; nothing that was saved is lost."
	hintDamaged = "Run `cairn verify` to see what is affected, and `cairn restore` with a backup to get it back."
	hintLocked  = "Close the other Cairn, or let it carry out the command."
	hintFolder  = "Check the permissions of the folder, or choose another one with --data."
)

func noWorkspace(dir string) error {
	return fault.Wrap(ErrNotFound, fault.NotFound, "There is no workspace in %s.", "Make one with `cairn init`, or name another folder with --data.").With(dir)
}

func newer(dir string, version int) error {
	return fault.New(fault.Newer, "The folder %s was written by a later version of Cairn (format %d, this one knows %d).", "Update Cairn on this machine.").With(dir, version, Format)
}

func wrongKey(dir string, encrypted, given bool) error {
	switch {
	case encrypted && !given:
		return fault.New(fault.Denied, "The folder %s is encrypted and no key was given.", "Its key is kept in the keyring of the device that made it.").With(dir)
	case !encrypted:
		return fault.New(fault.Denied, "The key does not fit the folder %s, which is not encrypted.", "The folder and its keys come from different places; restore both from one backup.").With(dir)
	default:
		return fault.New(fault.Denied, "The key does not fit the folder %s.", "The folder and its keys come from different places; restore both from one backup.").With(dir)
	}
}

// damaged says that the file at path is not what was written.
func damaged(path string, err error) error {
	return fault.Wrap(err, fault.Damaged, "The file %s is damaged.", hintDamaged).With(path)
}

// lostFile says that the file at path, which must be there, is not.
func lostFile(path string, err error) error {
	return fault.Wrap(err, fault.Damaged, "The file %s is missing.", hintDamaged).With(path)
}

// isIO reports whether err is the drive's own.
func isIO(err error) bool { return errors.Is(err, syscall.EIO) }

// unreadable says why the file at path could not be read.
func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return lostFile(path, err)
	}
	if _, ok := errors.AsType[*os.PathError](err); ok && !isIO(err) {
		return translate(fmt.Errorf("read %s: %w", path, err), path)
	}
	return damaged(path, err)
}

// missing says that records which must be there are not.
func missing(what sentence.Sentence, err error) error {
	return fault.Wrap(err, fault.Damaged, "A part of the database can't be read: %s.", hintDamaged).With(what)
}

func full(dir string, err error) error {
	return fault.Wrap(err, fault.Full, "The disk that holds %s is full.", hintFull).With(dir)
}

// unopened says why the database in dir did not open although its files had
// passed inspection.
func unopened(dir string, err error) error {
	err = fmt.Errorf("open the database: %w", err)
	if translated := translate(err, dir); fault.KindOf(translated) != fault.Internal {
		return translated
	}
	return damaged(dir, err)
}

// tooLarge says that something of so many bytes does not fit a record.
func tooLarge(what string, size, most int) error {
	return fault.Wrap(ErrTooLarge, fault.Invalid, "%s of %d KiB is too large; %d KiB is the most.", "Split it, or attach long data as a file.").With(sentence.Own(what), (size+1023)>>10, most>>10)
}

func readOnly(dir string) error {
	return fault.New(fault.Unavailable, "The folder %s is open for reading only.", "Open it without --read-only to change it.").With(dir)
}

// says reports whether err is target, or ends in its words: the database passes
// on the text of many errors and not the errors.
func says(err, target error) bool {
	return errors.Is(err, target) || strings.Contains(err.Error(), target.Error())
}

// translate gives an error of the system or the database the fault it
// deserves; path is what was worked on. An error that is a fault already, and
// one that says nothing to a person, pass through.
func translate(err error, path string) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	switch {
	case durable.OutOfSpace(err):
		return full(path, err)
	case says(err, fs.ErrPermission), says(err, syscall.EACCES), says(err, syscall.EROFS):
		return fault.Wrap(err, fault.Unavailable, "Cairn may not write to %s.", hintFolder).With(path)
	case says(err, syscall.ENOTDIR):
		return fault.Wrap(err, fault.Unavailable, "%s is a file, not a folder.", hintFolder).With(path)
	}
	return err
}
