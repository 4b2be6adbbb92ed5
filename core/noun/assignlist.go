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
	pairs := commonItems(have, want)
	for _, pair := range pairs {
		plan.steps[pair.want] = step{kept, have[pair.have].ID}
		used[pair.have] = true
	}
	plan.move(have, want, used)
	from, to := 0, 0
	for _, pair := range append(pairs, match{len(have), len(want)}) {
		plan.change(have, used, from, pair.have, to, pair.want)
		from, to = pair.have+1, pair.want+1
	}
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

// change uses the items of one gap between kept ones for the values that are
// new in the same gap.
func (plan *listPlan) change(have []doc.Item, used []bool, from, until, to, end int) {
	for ; to < end; to++ {
		if plan.steps[to].how != inserted {
			continue
		}
		for from < until && used[from] {
			from++
		}
		if from == until {
			return
		}
		plan.steps[to] = step{changed, have[from].ID}
		used[from] = true
	}
}

// match is a place of the old list whose value stands in the new one too.
type match struct{ have, want int }

// maxCommonCells bounds the table that commonItems fills. Beyond it, only what
// is equal at both ends counts as kept, and the rest moves by value.
const maxCommonCells = 1 << 20

// commonItems returns the longest common subsequence, in order.
func commonItems(have []doc.Item, want []doc.Value) []match {
	var pairs, ending []match
	head, n, m := 0, len(have), len(want)
	for head < min(n, m) && have[head].Value == want[head] {
		pairs = append(pairs, match{head, head})
		head++
	}
	for n > head && m > head && have[n-1].Value == want[m-1] {
		n, m = n-1, m-1
		ending = append(ending, match{n, m})
	}
	slices.Reverse(ending)
	rows, columns := n-head, m-head
	if rows*columns > maxCommonCells {
		return append(pairs, ending...)
	}
	// length[i][j] is that of the longest common subsequence from i and j on.
	length := make([][]int32, rows+1)
	for i := range length {
		length[i] = make([]int32, columns+1)
	}
	for i := rows - 1; i >= 0; i-- {
		for j := columns - 1; j >= 0; j-- {
			if have[head+i].Value == want[head+j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < rows && j < columns; {
		switch {
		case have[head+i].Value == want[head+j]:
			pairs = append(pairs, match{head + i, head + j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return append(pairs, ending...)
}
