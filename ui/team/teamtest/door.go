package teamtest

import (
	"context"
	"time"

	"cairn/ui/join"
	"cairn/ui/team"
)

// Door is where somebody comes in: it implements join.Source. Set its fields before
// it is used.
type Door struct {
	Invitation join.Invitation
	Wrong      error           // what is wrong with every link
	Way        []join.Progress // what is told
	Fails      error           // how it ends, once it has told all that
	Stays      bool            // it ends no sooner than its context
	Reached    chan struct{}   // closed when all is told
	Asks       []join.Ask
}

// NewDoor returns one that lets Dana in as a contributor.
func NewDoor(language string) *Door {
	ada := Names[language][0]
	return &Door{
		Invitation: join.Invitation{Workspace: "Telco", Inviter: ada, Laptop: LaptopOf(language, ada), Right: team.Contributor, Expires: Clock.Add(23 * time.Hour)},
		Reached:    make(chan struct{}),
	}
}

// Read implements join.Source.
func (d *Door) Read(string) (join.Invitation, error) { return d.Invitation, d.Wrong }

// Join implements join.Source.
func (d *Door) Join(ctx context.Context, ask join.Ask, told func(join.Progress)) error {
	d.Asks = append(d.Asks, ask)
	for _, at := range d.Way {
		told(at)
	}
	if d.Reached != nil {
		close(d.Reached)
		d.Reached = nil
	}
	if d.Stays {
		<-ctx.Done()
		return ctx.Err()
	}
	return d.Fails
}
