package teamtest

import (
	"context"
	"slices"
	"time"

	"cairn/ui/conflicts"
	"cairn/ui/edit"
)

// Rivals are values that the team wrote apart: it implements conflicts.Source. Set
// its fields before it is used.
type Rivals struct {
	List   []conflicts.Conflict
	Fields map[string]string // document/field → what stands there
	Broken error
}

// NewRivals returns three of them, of every form.
func NewRivals(language string) *Rivals {
	people := Names[language]
	side := func(who int, text string, ago time.Duration) conflicts.Side {
		return conflicts.Side{Text: text, By: edit.Person{ID: people[who], Name: people[who]}, Mine: who == 0, Laptop: LaptopOf(language, people[who]), At: Clock.Add(-ago)}
	}
	say := func(en, ko string) string {
		if language == "ko" {
			return ko
		}
		return en
	}
	project := say("Churn reduction", "이탈 감소")
	r := &Rivals{Fields: map[string]string{}, List: []conflicts.Conflict{
		{
			Document: "r1", Title: say("Find most customers who are about to leave", "떠나려는 고객을 대부분 찾아내기"), Kind: say("Requirement", "요구 사항"), Page: "requirements", Project: "p", In: project,
			Field: "threshold", Label: say("Threshold", "기준값"), Sides: []conflicts.Side{side(0, "0.75", 3*time.Hour), side(1, "0.8", 2*time.Hour)}, Shows: 2,
		},
		{
			Document: "c1", Title: say("Charter", "헌장"), Kind: say("Charter", "헌장"), Page: "charter", Project: "p", In: project, Field: "problem", Label: say("Problem", "문제"), Form: conflicts.Prose,
			Sides: []conflicts.Side{
				side(2, say("Every month 1,200 customers leave, and nobody calls them before they do.\nEach costs $300 a year.", "매달 고객 1,200명이 떠나는데 그 전에 전화하는 사람이 없습니다.\n한 명이 해마다 30만 원입니다."), 26*time.Hour),
				side(3, say("Every month about 1,500 customers leave, and nobody knows who is next.\nEach costs $300 a year.", "매달 고객 약 1,500명이 떠나는데 다음이 누구인지 아무도 모릅니다.\n한 명이 해마다 30만 원입니다."), 25*time.Hour),
			}, Shows: 2,
		},
		{
			Document: "m1", Title: say("Recall", "재현율"), Kind: say("Key metric", "핵심 지표"), Page: "metrics", Project: "p", In: project, Field: "direction", Label: say("Better is", "좋은 방향"), Form: conflicts.Choice,
			Options: []conflicts.Option{{Value: "higher", Words: say("Higher", "높을수록")}, {Value: "lower", Words: say("Lower", "낮을수록")}, {Value: "near", Words: say("Near a target", "목표에 가까울수록")}},
			Sides:   []conflicts.Side{side(4, "higher", 5*24*time.Hour), side(5, "lower", 6*24*time.Hour), side(6, "near", 6*24*time.Hour)}, Shows: 1,
		},
	}}
	for _, c := range r.List {
		r.Fields[c.Document+"/"+c.Field] = c.Sides[c.Shows-1].Text
	}
	return r
}

// Conflicts implements conflicts.Source.
func (r *Rivals) Conflicts(context.Context) ([]conflicts.Conflict, error) {
	return slices.Clone(r.List), r.Broken
}

// Holds implements conflicts.Source.
func (r *Rivals) Holds(_ context.Context, document, field string) (string, error) {
	return r.Fields[document+"/"+field], r.Broken
}

// Resolve implements conflicts.Source.
func (r *Rivals) Resolve(_ context.Context, document, field string, choice int, other string) error {
	if r.Broken != nil {
		return r.Broken
	}
	i := slices.IndexFunc(r.List, func(c conflicts.Conflict) bool { return c.Document == document && c.Field == field })
	if choice > 0 {
		other = r.List[i].Sides[choice-1].Text
	}
	r.Fields[document+"/"+field] = other
	r.List = slices.Delete(slices.Clone(r.List), i, i+1)
	return nil
}

// Change implements conflicts.Source.
func (r *Rivals) Change(_ context.Context, document string, fields, _ map[string]string) error {
	for field, text := range fields {
		r.Fields[document+"/"+field] = text
	}
	return r.Broken
}
