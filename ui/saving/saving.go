// Package saving tells the truth about whether what was typed is on the disk.
package saving

import (
	"sync"

	"cairn/ui/observe"
	"cairn/ui/words"
)

// Phase is how it stands.
type Phase int

// The phases, each worse than the one before. The worst of all editors shows.
const (
	Saved   Phase = iota // everything typed is on the disk
	Pending              // something waits for a pause, or is being written
	Held                 // something can't be saved as it is typed
	Failed               // something could not be written
)

// State is what a window says about it.
type State struct {
	Phase   Phase
	Message string // when Failed: what happened, in the language of the window
	Hint    string // and what to do
}

// Line gathers how the editors of a window stand. The zero Line is ready, and
// it is safe for concurrent use.
type Line struct {
	State observe.Value[State]

	mu      sync.Mutex
	editors map[string]State // by their names
}

// Pending says that an editor has something to save.
func (l *Line) Pending(editor string) { l.put(editor, State{Phase: Pending}) }

// Held says that what an editor holds can't be saved as it is.
func (l *Line) Held(editor string) { l.put(editor, State{Phase: Held}) }

// Done says how saving ended. What failed is still held by the editor.
func (l *Line) Done(editor string, err error) {
	if err != nil {
		l.put(editor, State{Failed, words.Message(err), words.Hint(err)})
		return
	}
	l.put(editor, State{})
}

func (l *Line) put(editor string, s State) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.editors == nil {
		l.editors = map[string]State{}
	}
	l.editors[editor] = s
	worst := State{}
	for _, s := range l.editors {
		if s.Phase > worst.Phase {
			worst = s
		}
	}
	if l.State.Get() != worst {
		l.State.Set(worst)
	}
}
