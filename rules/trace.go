package rules

import (
	"slices"

	"github.com/imtriage/imtriage/catalog/tally"
)

// A Fate is what became of a rule with regard to one record.
type Fate string

// The fates, from those of rules that tell the record to those that have nothing to do with it.
const (
	FateTold       Fate = "told"         // its verdict is about the record
	FateExplains   Fate = "explains"     // its verdict has the record as a symptom
	FateFolded     Fate = "folded"       // the record is a symptom under another rule
	FateSuperseded Fate = "superseded"   // another rule says more about the same
	FateTaken      Fate = "taken"        // it is a fallback, and another rule tells the record
	FateShort      Fate = "short"        // it selects the record, but its condition was not reached
	FateLacks      Fate = "lacks"        // it selects the record, which has not the field that it groups by or measures
	FateUntimed    Fate = "untimed"      // it selects the record, but has a window, and the record no time of its own
	FateAgainst    Fate = "against"      // it selects the record as what undoes, answers or outweighs others
	FateApart      Fate = "apart"        // it has such symptoms and holds, but for other users or at another time
	FateAbsent     Fate = "absent"       // it has such symptoms, but is not told itself
	FateOff        Fate = "off"          // it would select the record, but is switched off
	FateUnselected Fate = "not_selected" // none of its selections picks the record
)

// Fates lists all fates in the order above.
func Fates() []Fate {
	return []Fate{
		FateTold, FateExplains, FateFolded, FateSuperseded, FateTaken, FateShort, FateLacks, FateUntimed, FateAgainst,
		FateApart, FateAbsent, FateOff, FateUnselected,
	}
}

// A Judgement says what a rule made of a record, and why.
type Judgement struct {
	Rule *Rule
	Fate Fate
	// Selected are the selections of the rule that pick the record, by their path, such as when.select or
	// explains.
	Selected []string
	Misses   []Miss // why none does; nil where one does
	// Near is set where the rule speaks of the record's number, topic, category or event, whether it picks
	// the record or not.
	Near bool

	Verdict int       // number of the rule's verdict, from 1, whatever it is about; 0: it has none
	By      string    // id of the rule that has the record instead, see Fate
	Via     tally.Key // code of which the catalog says that the record's is a symptom; zero if a rule says so
	Field   string    // that the record lacks

	Whole Window // of a rule over the whole log: what it measured; empty for others
	Look  *Look  // of a timed rule; nil if it never saw the record in a group
}

// A Decision is what all rules made of a record.
type Decision struct {
	Judgements []Judgement // of all rules, in the order of the set
	Told       []int       // numbers of the verdicts that are about the record, ascending
	Symptom    int         // number of the verdict that has it as a symptom; 0: none
	// Partly is set where that verdict has only some of the records of its code or event: the others hit
	// users who never met the cause.
	Partly bool
}

// A Trace is an evaluation that can say how it came about.
type Trace struct {
	set      *Set
	verdicts []Verdict
	numbers  map[string]int        // of verdicts, by rule
	judged   map[string]*candidate // by rule: those that held to begin with
	before   *evaluation           // of which nothing is folded
	after    *evaluation
}

// Trace evaluates a summary as [Set.Evaluate] does, and remembers how.
func (s *Set) Trace(sum *tally.Summary, outcomes []Outcome) *Trace {
	t := &Trace{
		set: s, before: newEvaluation(sum), after: newEvaluation(sum),
		numbers: make(map[string]int), judged: make(map[string]*candidate),
	}
	t.verdicts = s.evaluate(t.after, outcomes)
	for i := range t.verdicts {
		t.numbers[t.verdicts[i].Rule] = i + 1
	}
	for _, c := range slices.Concat(t.after.candidates, t.after.superseded) {
		t.judged[c.rule.ID] = c
	}
	return t
}

// Verdicts returns what [Set.Evaluate] returns.
func (t *Trace) Verdicts() []Verdict { return t.verdicts }

// Finding tells what the rules made of a finding, which it completes; looks are those of the engine for
// the record of it.
func (t *Trace) Finding(f *tally.Finding, looks []Look) Decision {
	i, found := t.after.at[tally.Key{Family: f.Family, Code: f.Code}]
	if !found {
		i = -1 // a number that the summary does not keep apart
	}
	return t.decide(&traced{subject: findingSubject(f), item: i, timed: !f.Time.IsZero() && !f.TimeGuessed, looks: looks})
}

// Mark tells what the rules made of a mark, as Finding does.
func (t *Trace) Mark(m *tally.Mark, looks []Look) Decision {
	i := slices.IndexFunc(t.after.items, func(it item) bool { return it.mark != nil && it.mark.Event == m.Event })
	return t.decide(&traced{subject: markSubject(m), item: i, timed: !m.Time.IsZero() && !m.TimeGuessed, looks: looks})
}

// A traced is a record whose way is followed.
type traced struct {
	*subject
	item  int // of the evaluation; -1 for none
	timed bool
	looks []Look
}

func (x *traced) look(r *Rule) *Look {
	for i := range x.looks {
		if x.looks[i].Rule.ID == r.ID {
			return &x.looks[i]
		}
	}
	return nil
}

func (t *Trace) decide(x *traced) Decision {
	var d Decision
	for i := range t.set.rules {
		j := t.judge(&t.set.rules[i], x)
		d.Judgements = append(d.Judgements, j)
		switch j.Fate {
		case FateTold:
			d.Told = append(d.Told, j.Verdict)
		case FateExplains:
			d.Symptom = j.Verdict
			d.Partly = !t.after.items[x.item].gone()
		}
	}
	slices.Sort(d.Told)
	return d
}
