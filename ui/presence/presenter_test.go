package presence_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"cairn/ui/presence"
	"cairn/ui/team/teamtest"
)

// timer is the clock of a bubble.
func timer(after time.Duration, do func()) (stop func() bool) { return time.AfterFunc(after, do).Stop }

func open(t *testing.T, f *teamtest.Floor) *presence.Presenter {
	t.Helper()
	p := presence.New(t.Context(), f, time.Now, timer)
	t.Cleanup(p.Close)
	return p
}

func names(people []presence.Person) []string {
	var out []string
	for _, o := range people {
		out = append(out, o.Name)
	}
	return out
}

func TestWhoIsOnTheDocumentShows(t *testing.T) {
	f := &teamtest.Floor{}
	p := open(t, f)
	again := teamtest.Somebody("en", 1, "r1", "owner", -1)
	again.Device = "another laptop of Bo’s"
	f.Put(teamtest.Somebody("en", 3, "r1", "title", 4), teamtest.Somebody("en", 1, "r1", "title", -1), again, teamtest.Somebody("en", 2, "r2", "title", 0))
	if v := p.State.Get(); len(v.People) != 0 {
		t.Errorf("on no document there is %q", names(v.People))
	}
	p.On("r1")
	v := p.State.Get()
	if got, want := names(v.People), []string{"Bo Lindqvist", "Dana Whitfield"}; !slices.Equal(got, want) {
		t.Errorf("on it: %q, want %q", got, want)
	}
	if got, want := names(v.Fields["title"]), []string{"Bo Lindqvist", "Dana Whitfield"}; !slices.Equal(got, want) || len(v.Fields["owner"]) != 1 {
		t.Errorf("in the title: %q, want %q, who came first", got, want)
	}
	f.Put()
	if v := p.State.Get(); len(v.People) != 0 || len(v.Fields) != 0 {
		t.Errorf("when all have left: %+v", v)
	}
}

func TestTheOthersAreToldWhereOneIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &teamtest.Floor{}
		p := open(t, f)
		p.Enter("title", 3) // on no document
		p.On("r1")
		time.Sleep(time.Second)
		p.Enter("title", 0)
		time.Sleep(time.Second)
		p.Leave()
		time.Sleep(time.Second)
		p.Leave() // said already
		p.On("")
		time.Sleep(time.Second)
		want := []presence.Place{{Document: "r1", Caret: -1}, {"r1", "title", 0}, {"r1", "", -1}, {Caret: -1}}
		if got := f.Said(); !slices.Equal(got, want) {
			t.Errorf("said %+v, want %+v", got, want)
		}
	})
}

func TestEveryKeyIsNotSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &teamtest.Floor{}
		p := open(t, f)
		p.On("r1")
		const keys, apart = 100, 10 * time.Millisecond
		for n := range keys {
			p.Enter("title", n)
			time.Sleep(apart)
		}
		time.Sleep(time.Second)
		said := f.Said()
		if most := int(keys*apart/(100*time.Millisecond)) + 2; len(said) > most {
			t.Errorf("said %d times in a second, at most %d", len(said), most)
		}
		if last := said[len(said)-1]; last != (presence.Place{Document: "r1", Field: "title", Caret: keys - 1}) {
			t.Errorf("the last is %+v: where the cursor came to rest is not said", last)
		}
	})
}

func TestWhoClosesIsNowhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &teamtest.Floor{}
		p := presence.New(t.Context(), f, time.Now, timer)
		p.On("r1")
		p.Close()
		p.On("r2")
		p.Enter("title", 1)
		time.Sleep(time.Second)
		if want := []presence.Place{{Document: "r1", Caret: -1}, {}}; !slices.Equal(f.Said(), want) {
			t.Errorf("said %+v, want %+v", f.Said(), want)
		}
		f.Put(teamtest.Somebody("en", 1, "r1", "title", 0))
		if v := p.State.Get(); len(v.People) != 0 {
			t.Error("it follows who is there")
		}
	})
}
