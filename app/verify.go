package app

import (
	"context"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/id"
)

// VerifyData checks that everything stored is as it was written.
var VerifyData = Call[VerifyRequest, journal.Report]{"verify", "Checks that everything stored is as it was written.", (*App).verify}

// VerifyRequest asks for a check.
type VerifyRequest struct {
	Deep bool `json:"deep,omitempty"` // also rebuild every document and read every blob
}

func (a *App) verify(ctx context.Context, req VerifyRequest) (journal.Report, error) {
	report, err := a.journal.Verify(ctx, req.Deep)
	if err != nil || !req.Deep {
		return report, err
	}
	err = a.verifyIndex(ctx, &report)
	return report, err
}

// verifyIndex compares the index with the documents. A row that differs at
// first is looked at again: its document may have changed between the two looks.
func (a *App) verifyIndex(ctx context.Context, report *journal.Report) error {
	var differ []id.Doc
	err := a.journal.Each(0, func(d *doc.Doc) error {
		if !a.indexed(d) {
			differ = append(differ, d.ID())
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, name := range differ {
		d, err := a.journal.Doc(name)
		if err != nil {
			return err
		}
		if !a.indexed(d) {
			report.Problems = append(report.Problems, journal.Problem{
				What: "index", Where: name.String(), Message: "its row is not what the document says; the index is made anew at the next start",
			})
		}
	}
	return nil
}

// indexed reports whether the index shows d as it is.
func (a *App) indexed(d *doc.Doc) bool {
	got, ok, err := a.index.Get(d.ID())
	return err == nil && ok && got == a.index.RowOf(d)
}
