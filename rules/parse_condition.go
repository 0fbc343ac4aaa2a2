package rules

// condition converts a condition and checks each of its values by itself; see checkCondition for
// whether they go together.
func (p *parser) condition(path string, y *conditionYAML) Condition {
	c := Condition{Within: y.Within, Count: y.Count, Share: y.Share}
	if y.Select != nil {
		c.Select = p.needed(path+".select", y.Select)
	}
	for _, f := range p.expand(path+".by", y.By, false) {
		p.field(f.path, f.text)
		c.By = append(c.By, f.text)
	}
	c.Users = positive(p, path+".users", y.Users)
	c.AtLeast = positive(p, path+".at_least", y.AtLeast)
	c.Distinct = p.measure(path+".distinct", y.Distinct)
	c.Sum = p.measure(path+".sum", y.Sum)
	c.Average = p.measure(path+".average", y.Average)
	c.Percentile = p.rank(path+".percentile", y.Percentile)
	c.Ratio = p.ratio(path+".ratio", y.Ratio)
	for i, s := range y.Sequence {
		path := at(path+".sequence", i)
		c.Sequence = append(c.Sequence, Stage{Select: p.needed(path+".select", s.Select), Not: p.given(path+".not", s.Not)})
	}
	for i, s := range y.Of {
		path := at(path+".of", i)
		c.Of = append(c.Of, Part{Select: p.needed(path+".select", s.Select), Count: positive(p, path+".count", s.Count)})
	}
	if w := y.Without; w != nil {
		c.Without = &Without{Select: p.needed(path+".without.select", w.Select), AtEnd: w.AtEnd}
	}
	c.Spike = p.spike(path+".spike", y.Spike)
	if f := y.FirstSeen; f != nil {
		p.field(path+".first_seen.field", f.Field)
		c.FirstSeen = &FirstValue{Field: f.Field, Learn: f.Learn, Forget: f.Forget}
	}
	return c
}

// positive converts a number that must be 1 or more if it is given.
func positive[N int | int64](p *parser, path string, n *N) N {
	if n == nil {
		return 0
	}
	if *n < 1 {
		p.fail(path, "want at least 1, got %d", *n)
	}
	return *n
}

func (p *parser) measure(path string, y *measureYAML) *Measure {
	if y == nil {
		return nil
	}
	p.field(path+".field", y.Field)
	if y.Bound.IsZero() {
		p.missing(path+".bound", "no bound given, want one such as 10, > 10 or < 5")
	}
	return &Measure{Field: y.Field, Bound: y.Bound}
}

func (p *parser) rank(path string, y *rankYAML) *Measure {
	if y == nil {
		return nil
	}
	m := p.measure(path, &measureYAML{y.Field, y.Bound})
	switch {
	case y.P == nil:
		p.missing(path+".p", "no percentile given, want one such as 95")
	case *y.P <= 0 || *y.P > 100:
		p.fail(path+".p", "want a percentile above 0 and up to 100, got %v", *y.P)
	default:
		m.P = *y.P
	}
	return m
}

func (p *parser) ratio(path string, y *ratioYAML) *Ratio {
	if y == nil {
		return nil
	}
	if y.Bound.IsZero() {
		p.missing(path+".bound", "no bound given, want one such as 5%")
	}
	return &Ratio{Of: p.needed(path+".of", y.Of), Bound: y.Bound, Min: positive(p, path+".min", y.Min)}
}

func (p *parser) spike(path string, y *spikeYAML) *Spike {
	if y == nil {
		return nil
	}
	s := &Spike{ReferenceMin: positive(p, path+".reference_min", y.ReferenceMin), CurrentMin: positive(p, path+".current_min", y.CurrentMin)}
	if y.Direction != "" {
		s.Direction = word[Direction](p, path+".direction", "direction", y.Direction, vocabulary(Directions()))
	}
	if y.Factor == nil {
		p.missing(path+".factor", "no factor given, want one above 1 such as 3")
		return s
	}
	s.Factor = *y.Factor
	return s
}

// clear converts when a rule is over.
func (p *parser) clear(path string, y *clearYAML) Clear {
	if y == nil {
		return Clear{}
	}
	c := Clear{Seen: p.given(path+".seen", y.Seen), Below: positive(p, path+".below", y.Below), After: y.After}
	if y.Seen == nil && y.Below == nil && y.After == 0 {
		p.missing(path, "says nothing, want seen, below or after")
	}
	return c
}

// cooldown converts how long a rule keeps still.
func (p *parser) cooldown(path string, y *cooldownYAML) Cooldown {
	if y == nil {
		return Cooldown{}
	}
	c := Cooldown{Time: y.Time, Max: y.Max}
	if y.Time == 0 {
		p.missing(path+".time", "no time given, want one such as 15m")
	}
	if y.Grow != nil {
		if c.Grow = *y.Grow; c.Grow < 1 || c.Grow > maxFactor {
			p.fail(path+".grow", "want a factor from 1 to %d, got %v", maxFactor, c.Grow)
		}
	}
	if y.Time > 0 && y.Max > 0 && y.Max < y.Time {
		p.fail(path+".max", "%s is less than the time of %s that it bounds", y.Max, y.Time)
	}
	return c
}
