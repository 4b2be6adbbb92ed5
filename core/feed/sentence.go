package feed

import "slices"

// The sentences. The first place is for who did it.
const (
	made         = "%s created the %s “%s”"
	madeUnnamed  = "%s began the %s"
	madePerson   = "%s added %s to the team"
	trashed      = "%s moved “%s” to the trash"
	restored     = "%s took “%s” out of the trash"
	changedTo    = "%s changed %s of “%s” from %s to %s"
	setTo        = "%s set %s of “%s” to %s"
	cleared      = "%s cleared %s of “%s”"
	wrote        = "%s wrote in %s of “%s”"
	changed      = "%s changed %s of “%s”"
	changedTwo   = "%s changed %s and %s of “%s”"
	changedMany  = "%s changed %s fields of “%s”"
	changedPart  = "%s changed “%s” in %s of “%s”"
	added        = "%s added “%s” to %s of “%s”"
	removed      = "%s removed “%s” from %s of “%s”"
	settled      = "%s settled the conflict over %s of “%s”: %s"
	touched      = "%s changed “%s”"
	commented    = "%s commented on “%s”: %s"
	answered     = "%s answered on “%s”: %s"
	rewrote      = "%s rewrote a comment on “%s”: %s"
	resolved     = "%s resolved a comment on “%s”: %s"
	reopened     = "%s took up a comment on “%s” again: %s"
	uncommented  = "%s deleted a comment on “%s”"
	saidAgain    = "%s brought back a comment on “%s”: %s"
	approved     = "%s approved %s"
	rejected     = "%s rejected %s"
	withdrew     = "%s withdrew the verdict on %s"
	somebody     = "Somebody"
	untitled     = "Untitled"
	yes, no      = "yes", "no"
	notCommented = "Something"
	filled       = "%s answered “%s” in “%s”"
	filledWith   = "%s answered “%s” in “%s”: %s"
	emptied      = "%s took back the answer to “%s” in “%s”"
)

// Formats returns every text of Cairn's own that a sentence or a Detail can
// have, for whoever translates them: formats and terms.
func Formats() []string {
	out := []string{
		made, madeUnnamed, madePerson, trashed, restored, changedTo, setTo, cleared, wrote, changed, changedTwo, changedMany,
		changedPart, added, removed, settled, touched, commented, answered, rewrote, resolved, reopened, uncommented, saidAgain, filled, filledWith, emptied,
		approved, rejected, withdrew, somebody, untitled, yes, no, notCommented,
	}
	for _, page := range pages {
		if page.label != "" {
			out = append(out, page.label)
		}
	}
	return slices.Concat(out, terms())
}
