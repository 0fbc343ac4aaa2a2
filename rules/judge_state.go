package rules

import "slices"

func (m *moment) save(to *judgeState) {
	to.Fired, to.Until, to.N, to.First = m.fired, m.until, m.n, m.first
}

func (m *moment) load(from *judgeState) bool {
	m.fired, m.until, m.n, m.first = from.Fired, from.Until, from.N, from.First
	return m.fired >= 0
}

func (j *countJudge) save(to *judgeState) { to.Begun, to.Since = j.begun, j.since }

func (j *countJudge) load(from *judgeState) bool {
	j.begun, j.since = from.Begun, from.Since
	return true
}

func (j *sumJudge) save(to *judgeState) { to.Cells, to.Grain = j.cells.save() }

func (j *sumJudge) load(from *judgeState) bool { return j.cells.load(from.Cells, from.Grain) }

func (j *distinctJudge) save(to *judgeState) {
	to.Begun, to.Since = j.begun, j.since
	to.Cells, to.Grain = j.cells.save()
	j.values.save(to)
}

func (j *distinctJudge) load(from *judgeState) bool {
	j.begun, j.since = from.Begun, from.Since
	return j.cells.load(from.Cells, from.Grain) && j.values.load(from)
}

func (j *firstJudge) save(to *judgeState) {
	j.moment.save(to)
	to.Begun, to.Since = j.begun, j.since
	j.values.save(to)
}

func (j *firstJudge) load(from *judgeState) bool {
	j.begun, j.since = from.Begun, from.Since
	return j.moment.load(from) && j.values.load(from)
}

func (j *spikeJudge) save(to *judgeState) {
	to.Begun, to.Since = j.begun, j.since
	to.Cells, to.Grain = j.current.save()
	to.Other, to.Coarse = j.reference.save()
}

func (j *spikeJudge) load(from *judgeState) bool {
	j.begun, j.since = from.Begun, from.Since
	return j.current.load(from.Cells, from.Grain) && j.reference.load(from.Other, from.Coarse)
}

func (j *percentileJudge) save(to *judgeState) {
	to.Queue = j.queue
}

func (j *percentileJudge) load(from *judgeState) bool {
	for i, s := range from.Queue {
		if i > 0 && s.At < from.Queue[i-1].At {
			return false
		}
		j.sorted = append(j.sorted, s.Value)
	}
	j.queue = from.Queue
	slices.Sort(j.sorted)
	return len(j.queue) <= maxSamples
}

func (j *sequenceJudge) save(to *judgeState) {
	j.moment.save(to)
	to.Starts = slices.Clone(j.starts)
}

func (j *sequenceJudge) load(from *judgeState) bool {
	return copy(j.starts, from.Starts) == len(from.Starts) && len(from.Starts) == len(j.starts) && j.moment.load(from)
}

func (j *ofJudge) save(to *judgeState) {
	for i := range j.parts {
		to.Parts = append(to.Parts, j.parts[i].state())
	}
}

func (j *ofJudge) load(from *judgeState) bool {
	if len(from.Parts) != len(j.parts) {
		return false
	}
	for i := range j.parts {
		if j.parts[i].restore(&from.Parts[i], 1) != nil {
			return false
		}
	}
	return true
}

func (j *withoutJudge) save(to *judgeState) {
	j.moment.save(to)
	to.Since = j.since
	to.Starts = []int64{j.waiting}
}

func (j *withoutJudge) load(from *judgeState) bool {
	if len(from.Starts) != 1 || from.Starts[0] < 0 {
		return false
	}
	j.since, j.waiting = from.Since, from.Starts[0]
	return j.moment.load(from)
}
