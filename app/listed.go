package app

import (
	"context"
	"errors"
	"iter"

	"cairn/app/index"
	"cairn/app/journal"
	"cairn/core/doc"
)

// listed is a document with the row that it was listed by, which may be older.
type listed struct {
	row index.Row
	doc *doc.Doc
}

// listed returns the documents of rows. One that is gone since it was listed, as
// when documents are made anew, is passed over.
func (a *App) listed(ctx context.Context, rows iter.Seq2[index.Row, error]) iter.Seq2[listed, error] {
	return func(yield func(listed, error) bool) {
		for row, err := range rows {
			var d *doc.Doc
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				d, err = a.journal.Doc(row.ID)
			}
			if errors.Is(err, journal.ErrNoDoc) {
				continue
			}
			if !yield(listed{row, d}, err) || err != nil {
				return
			}
		}
	}
}

// rowsOf returns rows that are here already.
func rowsOf(rows []index.Row) iter.Seq2[index.Row, error] {
	return func(yield func(index.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
