package demo_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/app"
	"cairn/app/demo"
	"cairn/core/fault"
)

func TestTheSameSeedMakesTheSameDocuments(t *testing.T) {
	first, second := content(t, made(t, options(t), guest("en"))), content(t, made(t, options(t), guest("en")))
	if first != second {
		t.Errorf("two demos of one seed differ:\n%s\n%s", first, second)
	}
}

// content returns what the documents of a demo say, in which references are
// replaced by what they refer to: the names of founder and workspace are drawn
// with the keys, and those of templates follow from them.
func content(t *testing.T, m demo.Made) string {
	t.Helper()
	var names, lines []string
	for _, kind := range do(t, m, app.ListKinds, app.ListKindsRequest{}) {
		page := do(t, m, app.ListDocs, app.ListDocsRequest{Kind: kind.Name, Limit: 1000})
		for _, d := range page.Documents {
			if slices.Contains([]string{"person", "workspace", "template"}, kind.Name) {
				names = append(names, d.ID.String(), d.Title)
			}
			shown := do(t, m, app.ShowDoc, app.DocRequest{ID: d.ID.String()})
			var fields []string
			for name, value := range shown.Fields {
				fields = append(fields, name+"="+value.String())
			}
			slices.Sort(fields)
			lines = append(lines, kind.Name+" "+d.ID.String()+" "+shown.Updated.Format(time.RFC3339Nano)+" "+strings.Join(fields, " "))
		}
	}
	for i := range lines {
		lines[i] = strings.NewReplacer(names...).Replace(lines[i])
	}
	slices.SortFunc(lines, cmp.Compare[string])
	return strings.Join(lines, "\n")
}

func TestWorkIsDoneInOfficeHoursBeforeToday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*60*60)
		today := time.Unix(rapid.Int64Range(1.6e9, 2.2e9).Draw(t, "now"), 0).In(zone)
		deeds, err := demo.Deeds(rapid.Uint64().Draw(t, "seed"), today)
		if err != nil {
			t.Fatal(err)
		}
		var last time.Time
		for _, at := range deeds {
			year, month, day := today.Date()
			if !at.After(last) || !at.Before(time.Date(year, month, day, 0, 0, 0, 0, zone)) {
				t.Fatalf("something is done at %s after %s, and today is %s", at, last, today)
			}
			if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() >= 18 {
				t.Fatalf("something is done at %s", at.Format(time.RFC1123))
			}
			last = at
		}
		if back := today.Sub(last); back > 4*24*time.Hour {
			t.Fatalf("the last is done %s before now", back)
		}
	})
}

func TestEverythingIsSaidInEveryLanguage(t *testing.T) {
	for _, language := range demo.Languages {
		missing, unused, err := demo.Untold(language, now)
		if err != nil {
			t.Fatal(err)
		}
		if len(missing)+len(unused) > 0 {
			t.Errorf("%s: without a translation %q, without use %q", language, missing, unused)
		}
	}
}

func TestFolderThatIsTakenIsLeftAlone(t *testing.T) {
	o := options(t)
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(o.Dir, "note.txt")
	if err := os.WriteFile(note, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Make(t.Context(), o, guest("en")); fault.KindOf(err) != fault.Conflict || !strings.Contains(fault.Hint(err), o.Dir+"-demo") {
		t.Errorf("a demo in a folder with a file: %v, want a conflict that names another folder", err)
	}
	if err := os.Remove(note); err != nil {
		t.Fatal(err)
	}
	made(t, o, guest("en")) // an empty folder will do
	if !demo.In(o.Dir) || demo.In(filepath.Dir(o.Dir)) {
		t.Error("the demo's folder is not known by its mark")
	}
	if _, err := demo.Make(t.Context(), o, guest("en")); fault.KindOf(err) != fault.Conflict || !strings.Contains(fault.Message(err), "already") {
		t.Errorf("a demo over a demo: %v, want a conflict", err)
	}
}

func TestGuestThatCannotBeIsRefused(t *testing.T) {
	for name, g := range map[string]demo.Guest{
		"no name":     {Person: " \n", Language: "en"},
		"a long name": {Person: strings.Repeat("a", 201), Language: "en"},
		"no language": {Person: "Ada"},
		"no such one": {Person: "Ada", Language: "tlh"},
	} {
		if _, err := demo.Make(t.Context(), options(t), g); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
}

func TestFolderForOnesOwnIsBesideTheDemos(t *testing.T) {
	own := filepath.Join("data", "cairn")
	if got := demo.Own(demo.Beside(own)); got != own || demo.Own(own) != own || demo.Beside(own) == own {
		t.Errorf("beside %s is %s, and back is %s", own, demo.Beside(own), got)
	}
}

// breaking is randomness that ends, or calls off the work, after a number of reads.
type breaking struct {
	io.Reader
	left atomic.Int64
	stop func() error
}

func (b *breaking) Read(p []byte) (int, error) {
	if b.left.Add(-1) < 0 {
		if err := b.stop(); err != nil {
			return 0, err
		}
	}
	return b.Reader.Read(p)
}

func TestNothingIsLeftOfADemoThatFails(t *testing.T) {
	broken := errors.New("no more randomness")
	for reads := range 6 {
		o := options(t)
		ctx, cancel := context.WithCancel(t.Context())
		source := &breaking{Reader: o.Rand, stop: func() error { return broken }}
		if reads%2 == 1 {
			source.stop = func() error { cancel(); return nil }
		}
		source.left.Store(int64(reads * 4))
		o.Rand = source
		m, err := demo.Make(ctx, o, guest("en"))
		cancel()
		if err == nil {
			t.Fatalf("after %d reads: the demo was made; close: %v", reads*4, m.App.Close())
		}
		nothingLeft(t, o)
	}
}

// TestNothingIsLeftWhenThePersonGivesUp calls it off while the guest's device
// takes in what the others wrote, which is when it first asks what time it is.
func TestNothingIsLeftWhenThePersonGivesUp(t *testing.T) {
	o := options(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var times atomic.Int64
	o.Now = func() time.Time {
		if times.Add(1) > 1 {
			cancel()
		}
		return now
	}
	if m, err := demo.Make(ctx, o, guest("en")); err == nil {
		t.Fatalf("the demo was made; close: %v", m.App.Close())
	}
	nothingLeft(t, o)
}

func nothingLeft(t *testing.T, o app.Options) {
	t.Helper()
	for _, dir := range []string{os.TempDir(), filepath.Dir(o.Dir)} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			t.Errorf("%s is left in %s", e.Name(), dir)
		}
	}
}
