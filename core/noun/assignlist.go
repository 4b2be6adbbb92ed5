package noun

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
)

// assignList makes a list hold want. Items whose values stay, in their order,
// are not touched; one whose value stands elsewhere in want moves there; of the
// others, those that have an item in their place change its value, which keeps
// what teammates do to that item.
func (p Pen) assignList(f Field, want []doc.Value) error {
	plan := planList(p.Doc.List(f.Number), want)
	for _, item := range plan.drop {
		if err := p.Apply(p.Doc.DropItem(f.Number, item)); err != nil {
			return err
		}
	}
	var last id.Op
	for i, step := range plan.steps {
		if err := p.place(f, want[i], step, last); err != nil {
			return err
		}
		last = step.item
		if step.how == inserted {
			last = p.Doc.Last().By
		}
	}
	return nil
}

// place makes v follow the item last, the zero item being the start.
func (p Pen) place(f Field, v doc.Value, s step, last id.Op) error {
	if s.how == kept {
		return nil
	}
	if s.how == changed {
		return p.Apply(p.Doc.SetItem(f.Number, s.item, v))
	}
	items := p.Doc.List(f.Number)
	items = slices.DeleteFunc(items, func(x doc.Item) bool { return s.how == moved && x.ID == s.item })
	pos := 1 + slices.IndexFunc(items, func(x doc.Item) bool { return x.ID == last })
	if s.how == moved {
		return p.Apply(p.Doc.MoveItem(f.Number, s.item, pos, p.Jitter()))
	}
	return p.Apply(p.Doc.InsertItem(f.Number, pos, v, p.Jitter()))
}

// listPlan says where each wanted value comes from, and what goes.
type listPlan struct {
	steps []step
	drop  []id.Op
}

type step struct {
	how  how
	item id.Op // unless inserted
}

type how uint8

const (
	inserted how = iota
	kept
	moved
	changed
)

func planList(have []doc.Item, want []doc.Value) listPlan {
	plan := listPlan{steps: make([]step, len(want))}
	used := make([]bool, len(have))
	for _, p := range align(have, want) {
		plan.steps[p.want] = step{changed, have[p.have].ID}
		if have[p.have].Value == want[p.want] {
			plan.steps[p.want].how = kept
		}
		used[p.have] = true
	}
	plan.move(have, want, used)
	for i, item := range have {
		if !used[i] {
			plan.drop = append(plan.drop, item.ID)
		}
	}
	return plan
}

// move uses items that nothing has used yet for equal values elsewhere.
func (plan *listPlan) move(have []doc.Item, want []doc.Value, used []bool) {
	free := map[doc.Value][]int{}
	for i, item := range have {
		if !used[i] {
			free[item.Value] = append(free[item.Value], i)
		}
	}
	for i, v := range want {
		if at := free[v]; plan.steps[i].how == inserted && len(at) > 0 {
			plan.steps[i] = step{moved, have[at[0]].ID}
			used[at[0]], free[v] = true, at[1:]
		}
	}
}

// pair is a place of the old list and the place of the new one that its item
// takes, with its value or another.
type pair struct{ have, want int }

// maxCells bounds the table that align fills. Beyond it, only what is equal at
// both ends is kept, and the rest moves by value.
const maxCells = 1 << 20

// align pairs places, both rising, so that the fewest items are inserted,
// dropped or changed.
func align(have []doc.Item, want []doc.Value) []pair {
	var pairs []pair
	head, n, m := 0, len(have), len(want)
	for head < min(n, m) && have[head].Value == want[head] {
		pairs = append(pairs, pair{head, head})
		head++
	}
	for n > head && m > head && have[n-1].Value == want[m-1] {
		n, m = n-1, m-1
		pairs = append(pairs, pair{n, m})
	}
	if (n-head)*(m-head) > maxCells {
		return pairs
	}
	return append(pairs, alignMiddle(have, want, head, n, m)...)
}

// The costs of one step. Of equally many, those are preferred that leave the
// values of items alone, for then an item may turn out to have moved.
const (
	costPlace  = 1 << 16 // to insert or to drop
	costChange = costPlace + 1
)

// alignMiddle is the edit distance of Wagner and Fischer over have[head:n] and
// want[head:m].
func alignMiddle(have []doc.Item, want []doc.Value, head, n, m int) []pair {
	rows, columns := n-head, m-head
	change := func(i, j int) int {
		if have[head+i].Value == want[head+j] {
			return 0
		}
		return costChange
	}
	// cost[i][j] is what remains from i and j on.
	cost := make([][]int, rows+1)
	for i := rows; i >= 0; i-- {
		cost[i] = make([]int, columns+1)
		for j := columns; j >= 0; j-- {
			switch {
			case i == rows:
				cost[i][j] = (columns - j) * costPlace
			case j == columns:
				cost[i][j] = (rows - i) * costPlace
			default:
				cost[i][j] = min(cost[i+1][j]+costPlace, cost[i][j+1]+costPlace, cost[i+1][j+1]+change(i, j))
			}
		}
	}
	var pairs []pair
	for i, j := 0, 0; i < rows && j < columns; {
		switch cost[i][j] {
		case cost[i+1][j+1] + change(i, j):
			pairs = append(pairs, pair{head + i, head + j})
			i, j = i+1, j+1
		case cost[i+1][j] + costPlace:
			i++
		default:
			j++
		}
	}
	return pairs
}
