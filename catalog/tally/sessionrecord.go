package tally

// record returns the traces as a partial holds them, nil if there are none.
func (l *traces) record() *tracesRecord {
	if l.count == 0 {
		return nil
	}
	out := &tracesRecord{Count: l.count, Lines: make([]traceRecord, 0, len(l.list))}
	for _, x := range l.list {
		out.Lines = append(out.Lines, traceRecord{x.off, x.ns, x.guessed, x.pid, x.appID, x.version, x.platform, x.device, x.user})
	}
	return out
}

// traces reads the banners or the logins of an input as they are written. Order and spelling are checked
// with the whole line.
func (d *decoder) traces(l *traces, r *tracesRecord, logins bool) error {
	if r == nil {
		return nil
	}
	limit := d.t.caps.sessions
	if err := d.counts(1, r.Count); err != nil {
		return err
	}
	if int64(len(r.Lines)) != min(r.Count, int64(limit)) {
		return d.fail("%d lines of %d that tell of sessions, want %d", len(r.Lines), r.Count, min(r.Count, int64(limit)))
	}
	for _, x := range r.Lines {
		if x.Time < 0 || x.Time > lastStamp || x.Offset < 0 || x.Offset > maxCount || x.PID < 0 || x.PID > maxPID {
			return d.fail("sessions: a place, a time or a process out of range")
		}
		if logins && x.AppID+x.Version+x.Platform+x.Device != "" || !logins && x.User != "" {
			return d.fail("sessions: a banner with a user, or a login with more")
		}
		l.insert(trace{
			x.Offset, x.Time, x.TimeGuessed, x.PID, clean(x.AppID, maxName), clean(x.Version, maxName),
			clean(x.Platform, maxName), clean(x.Device, maxName), clean(x.User, maxName),
		}, limit)
	}
	l.count = r.Count
	return nil
}
