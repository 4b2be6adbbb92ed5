package app

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/sync/presence"
)

// ListPresence tells where teammates are.
var ListPresence = Call[ListPresenceRequest, []Present]{"presence/list", "Tells who is in which document right now, on the devices that are connected.", (*App).listPresence}

// SayPresence says where this person is.
var SayPresence = Call[SayPresenceRequest, SaidPresence]{"presence/say", "Tells the devices that are connected where this person is, until something else is said.", (*App).sayPresence}

// ListPresenceRequest says about which document.
type ListPresenceRequest struct {
	Document string `json:"document,omitempty"` // ID; all of them when empty
}

// Present is where somebody is on one device. This device is none of them.
type Present struct {
	Person   id.Doc    `json:"person"`
	Name     string    `json:"name"`
	Device   id.Device `json:"device"`
	Document id.Doc    `json:"document"`
	Field    string    `json:"field,omitempty"`
	Position *int      `json:"position,omitempty"` // of the cursor in the field, in characters
	Since    time.Time `json:"since"`              // they are in the document
}

// SayPresenceRequest is where this person is.
type SayPresenceRequest struct {
	Document string `json:"document,omitempty"` // ID; nowhere when empty
	Field    string `json:"field,omitempty"`
	Position *int   `json:"position,omitempty"` // of the cursor in the field, in characters
}

// SaidPresence says how many heard it.
type SaidPresence struct {
	Connected int `json:"connected"` // devices
}

func (a *App) listPresence(_ context.Context, r ListPresenceRequest) ([]Present, error) {
	only, err := maybeDoc(r.Document)
	if err != nil {
		return nil, err
	}
	out := []Present{}
	members := a.journal.Members()
	for _, h := range a.presence.List() {
		if members == nil || !only.IsZero() && h.Document != only {
			continue
		}
		d, known := members.Device(h.Device.Short())
		if !known || d.ID != h.Device {
			continue
		}
		out = append(out, Present{
			Person: d.Person, Name: a.personName(d.Person), Device: h.Device,
			Document: h.Document, Field: h.Field, Position: caretOf(h.Position), Since: h.Since,
		})
	}
	slices.SortStableFunc(out, func(x, y Present) int { return strings.Compare(x.Name, y.Name) })
	return out, nil
}

func (a *App) sayPresence(_ context.Context, r SayPresenceRequest) (SaidPresence, error) {
	at, err := maybeDoc(r.Document)
	if err != nil {
		return SaidPresence{}, err
	}
	a.presence.Say(presence.Here{Document: at, Field: r.Field, Position: positionOf(r.Position)})
	return SaidPresence{a.network.Connected()}, nil
}

// PresenceChanged returns a channel that is closed when presence/list answers
// otherwise.
func (a *App) PresenceChanged() <-chan struct{} { return a.presence.Changed() }

// maybeDoc reads the ID of a document, zero for none.
func maybeDoc(text string) (id.Doc, error) {
	if text == "" {
		return id.Doc{}, nil
	}
	at, err := id.ParseDoc(text)
	if err != nil {
		return at, fault.Wrap(err, fault.Invalid, "%q is no ID of a document.", "Give all of it, as lists show it.").With(clip(text))
	}
	return at, nil
}

// positionOf returns a cursor as it is sent: an unsigned varint of the characters
// before it.
func positionOf(caret *int) []byte {
	if caret == nil || *caret < 0 {
		return nil
	}
	return binary.AppendUvarint(nil, uint64(*caret))
}

// caretOf reads what positionOf returns, nil for anything else: a later version
// may say more.
func caretOf(position []byte) *int {
	n, size := binary.Uvarint(position)
	if size <= 0 || size != len(position) || n > caretMost {
		return nil
	}
	caret := int(n)
	return &caret
}

// caretMost is more characters than any field has.
const caretMost = 1 << 30
