package rules

import "slices"

func (j *countJudge) copy(tr *trail) judge {
	c := *j
	c.trail = tr
	return &c
}

func (j *sumJudge) copy(*trail) judge {
	c := *j
	c.cells.shared = true
	return &c
}

func (j *distinctJudge) copy(*trail) judge {
	c := *j
	c.values.shared, c.cells.shared = true, true
	return &c
}

func (j *firstJudge) copy(*trail) judge {
	c := *j
	c.values.shared = true
	return &c
}

func (j *spikeJudge) copy(*trail) judge {
	c := *j
	c.current.shared, c.reference.shared = true, true
	return &c
}

func (j *percentileJudge) copy(*trail) judge {
	c := *j
	c.shared = true
	return &c
}

func (j *sequenceJudge) copy(*trail) judge {
	c := *j
	c.starts = slices.Clone(j.starts)
	return &c
}

func (j *ofJudge) copy(*trail) judge {
	c := *j
	c.parts = slices.Clone(j.parts)
	for i := range c.parts {
		c.parts[i].shared = true
	}
	return &c
}

func (j *withoutJudge) copy(*trail) judge {
	c := *j
	return &c
}
