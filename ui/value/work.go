package value

import (
	"reflect"
	"strings"
	"time"

	"cairn/core/value"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// sum is what follows at once from what is stored and typed.
type sum struct {
	model    value.Model
	wrong    map[Key]revise.Flaw
	plan     *value.Plan     // nil when the model makes no sense
	err      error           // why there is no plan, or nothing comes out of it
	estimate *value.Estimate // the last that came out, without what takes a simulation
}

// odds is what a simulation found, of the plan that it was made for.
type odds struct {
	plan     *value.Plan
	err      error
	estimate *value.Estimate // the last that came out
	shown    *Chances        // estimate in words, nil before the first
	of       *value.Plan     // of estimate
	took     time.Duration
}

// noticed is how long an old number may stand beside new ones before that has to
// be said: what is shorter only flickers.
const noticed = 250 * time.Millisecond

// alter changes what the presenter holds, and works out what follows at once.
func (p *Presenter) alter(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	if p.stage == Ready {
		p.sum = p.sum.of(apply(p.found.Model, p.drafts))
	}
}

// of returns the sum of a model. A model that is as before keeps its plan, and
// with it what was simulated.
func (old sum) of(m value.Model, wrong map[Key]revise.Flaw) sum {
	if old.plan != nil && old.err == nil && reflect.DeepEqual(old.model, m) {
		old.wrong = wrong
		return old
	}
	s := sum{model: m, wrong: wrong, estimate: old.estimate}
	if s.plan, s.err = value.Check(m); s.err != nil {
		s.plan = nil
		return s
	}
	e, err := s.plan.Expected()
	if s.err = err; err == nil {
		s.estimate = e
	}
	return s
}

// Simulate works out what takes longer than a key may: how sure the number is,
// what moves it, the scenarios. It takes as long as the model is large, and of
// what was typed meanwhile it knows nothing: State says with Behind that it is to
// be called again.
func (p *Presenter) Simulate() {
	p.mu.Lock()
	plan, todo := p.sum.plan, p.behind()
	p.mu.Unlock()
	if !todo {
		p.publish()
		return
	}
	begun := p.now()
	e, err := plan.Estimate(value.Options{Seed: 1})
	shown := chances(e, plan)
	p.mu.Lock()
	p.odds.plan, p.odds.err, p.odds.took = plan, err, p.now().Sub(begun)
	if err == nil {
		p.odds.estimate, p.odds.shown, p.odds.of = e, shown, plan
	}
	p.mu.Unlock()
	p.publish()
}

// behind reports whether something is to be simulated. The caller holds mu.
func (p *Presenter) behind() bool {
	return p.stage == Ready && p.sum.plan != nil && p.sum.err == nil && p.odds.plan != p.sum.plan
}

// change changes what the presenter holds and publishes what follows.
func (p *Presenter) change(do func()) {
	p.alter(do)
	p.publish()
}

// publish shows what the presenter holds. An older state never replaces a newer
// one.
func (p *Presenter) publish() {
	p.mu.Lock()
	p.version++
	version := p.version
	s := p.state()
	p.mu.Unlock()
	p.State.Put(version, s)
}

// state works out what to show. The caller holds mu.
func (p *Presenter) state() State {
	s := State{Stage: p.stage, ReadOnly: p.found.ReadOnly}
	switch {
	case p.broken != nil:
		s.Stage, s.Message, s.Hint = Broken, words.Message(p.broken), words.Hint(p.broken)
		return s
	case p.stage == Choosing:
		s.Templates, s.Adding = offer(p.offered), p.adding
		return s
	case p.stage != Ready:
		return s
	}
	s.ID = p.found.ID
	m, err := p.sum.model, p.sum.err
	if err == nil && p.odds.plan == p.sum.plan {
		err = p.odds.err
	}
	s.Name, s.About = words.Data(m.Name), words.Data(strings.Join(strings.Fields(m.About), " "))
	s.Edited = words.T("Changed by %s, %s", p.found.By, words.Ago(p.now(), p.found.At))
	s.Conflicts = p.found.Conflicts
	if len(p.found.Names) > 1 {
		s.Names, s.Picked = p.found.Names, p.found.Model.Name
	}
	s.Variables, s.Costs, s.Formula = p.inputs(m, p.sum.wrong, err)
	s.Form = p.shownForm(m)
	if p.sum.estimate != nil {
		s.Result.Now = now(p.sum.estimate, m)
	}
	s.Curve = p.curve()
	if p.odds.shown != nil {
		s.Result.Chances = *p.odds.shown
	}
	s.Stale, s.Behind = err != nil || len(p.sum.wrong) > 0, p.behind()
	s.Slow = s.Behind && p.odds.took > noticed
	if err != nil && s.Formula.Problem == "" && len(p.sum.wrong) == 0 {
		s.Problem = sentence(err)
	}
	return s
}
