package fault_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"cairn/core/fault"
)

// The names and numbers cross the wire: this table only ever grows.
func TestKindsKeepTheirNamesAndNumbers(t *testing.T) {
	names := []string{
		"internal", "invalid", "not_found", "conflict", "denied", "offline",
		"locked", "full", "damaged", "newer", "unavailable",
	}
	for i, want := range names {
		kind := fault.Kind(i)
		if got := kind.String(); got != want {
			t.Errorf("kind %d is called %q, want %q", i, got, want)
		}
		if got := fault.ParseKind(want); got != kind {
			t.Errorf("ParseKind(%q) = %d, want %d", want, got, i)
		}
	}
	if got := fault.Kind(len(names)).String(); got != "internal" {
		t.Errorf("kind %d, of a later version, is called %q, want internal: or it is new and belongs into the table", len(names), got)
	}
	if got := fault.ParseKind("melted"); got != fault.Internal {
		t.Errorf("ParseKind of an unknown name = %v, want internal", got)
	}
}

func TestFirstErrorForPeopleSpeaks(t *testing.T) {
	cause := fs.ErrNotExist
	inner := fault.Wrap(cause, fault.NotFound, "There is no such run.", "List the runs.")
	outer := fault.Wrap(fmt.Errorf("load: %w", inner), fault.Invalid, "The report can't be made.", "")
	for name, c := range map[string]struct {
		err           error
		kind          fault.Kind
		message, hint string
	}{
		"of its own":   {fault.New(fault.Full, "The disk is full.", "Make room."), fault.Full, "The disk is full.", "Make room."},
		"wrapped":      {fmt.Errorf("open: %w", inner), fault.NotFound, "There is no such run.", "List the runs."},
		"around one":   {outer, fault.Invalid, "The report can't be made.", ""},
		"among others": {errors.Join(cause, inner), fault.NotFound, "There is no such run.", "List the runs."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fault.KindOf(c.err); got != c.kind {
				t.Errorf("kind %v, want %v", got, c.kind)
			}
			if got := fault.Message(c.err); got != c.message {
				t.Errorf("message %q, want %q", got, c.message)
			}
			if got := fault.Hint(c.err); got != c.hint {
				t.Errorf("hint %q, want %q", got, c.hint)
			}
		})
	}
	if !errors.Is(outer, cause) {
		t.Error("the cause is lost on the way up")
	}
}

// What was not written for people is not shown to them.
func TestOtherErrorsAreNotShown(t *testing.T) {
	for _, err := range []error{errors.New("dial tcp 10.0.0.1:7420: secret"), fs.ErrPermission} {
		if got := fault.KindOf(err); got != fault.Internal {
			t.Errorf("kind of %v: %v, want internal", err, got)
		}
		if got := fault.Message(err); strings.Contains(got, err.Error()) || got == "" {
			t.Errorf("%v is shown as %q", err, got)
		}
		if fault.Hint(err) == "" {
			t.Errorf("%v has no hint", err)
		}
	}
}

func TestErrorTellsTheCauseToTheLog(t *testing.T) {
	err := fault.Wrap(errors.New("no space left"), fault.Full, "The disk is full.", "Make room.")
	if got, want := err.Error(), "The disk is full. (no space left)"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if got, want := fault.New(fault.Full, "The disk is full.", "").Error(), "The disk is full."; got != want {
		t.Errorf("Error() without a cause = %q, want %q", got, want)
	}
}

// TestPlacesAreFilledInOrder fills the places of a message, then of its hint,
// and leaves what it was made from as it was.
func TestPlacesAreFilledInOrder(t *testing.T) {
	bare := fault.Wrap(fs.ErrNotExist, fault.NotFound, "There is no template %q in %s.", "There are %d.")
	full := bare.With("a%s", "the project", 3)
	if got, want := fault.Message(full), `There is no template "a%s" in the project.`; got != want {
		t.Errorf("message %q, want %q", got, want)
	}
	if got, want := fault.Hint(full), "There are 3."; got != want {
		t.Errorf("hint %q, want %q", got, want)
	}
	if fault.KindOf(full) != fault.NotFound || !errors.Is(full, fs.ErrNotExist) {
		t.Errorf("filled, it is %v caused by %v", full.Kind, full.Err)
	}
	if got, want := fault.Message(bare), "There is no template %q in %s."; got != want {
		t.Errorf("what it was made from says %q", got)
	}
	message, hint := fault.Told(full)
	in := map[string]string{"There is no template %s in %s.": "%[2]s: %[1]s 없음", "There are %s.": "%s개가 있습니다."}
	translate := func(text string) string { return in[text] }
	if got, want := message.In(translate)+" "+hint.In(translate), `the project: "a%s" 없음 3개가 있습니다.`; got != want {
		t.Errorf("in another language it is %q, want %q", got, want)
	}
}
