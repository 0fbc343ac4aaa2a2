package tally

import (
	"math"
	"slices"
	"strings"
	"time"
)

// A Session is one start of the native SDK in one input: from its banner up to the next banner of the
// same process, or of any process where one of the two banners does not say which.
type Session struct {
	PID      int64 // 0 if the banner does not say it
	AppID    string
	Version  string
	Platform string
	Device   string // redacted
	// User is the user of the last login of the process within the session, redacted. It is empty
	// where nobody logged in, or where it cannot be known because lines in between were left out.
	User string

	Offset int64 // of the banner
	// Started is the time of the banner, Last that of the latest of banner, logins and those samples
	// that belong to the session; zero where none has a time.
	Started, Last time.Time
	TimeGuessed   bool // the date of Started is not the log's own
}

// A session is a Session while samples are joined to it.
type session struct {
	Session

	end     int64   // it does not reach further
	cut     bool    // it may, because the next banners were left out
	logins  []trace // of its process within it
	blind   int64   // from here up to the next login that is kept some were left out
	partial bool    // some that were left out may be its own
}

// sessions joins the banners of an input with its logins.
func (in *input) sessions() []session {
	banners, gap := in.banners.list, in.banners.gap()
	out := make([]session, len(banners))
	for i := range banners {
		b, s := &banners[i], &out[i]
		s.Session = Session{
			PID: b.pid, AppID: b.appID, Version: b.version, Platform: b.platform, Device: b.device,
			Offset: b.off, Started: fromStamp(b.ns), Last: fromStamp(b.ns), TimeGuessed: b.guessed,
		}
		s.end = math.MaxInt64
		for j := i + 1; j <= len(banners); j++ {
			if j == gap && i < gap && gap < len(banners) {
				s.end, s.cut = banners[gap-1].off+1, true
				break
			}
			if j < len(banners) && (b.pid == banners[j].pid || b.pid == 0 || banners[j].pid == 0) {
				s.end = banners[j].off
				break
			}
		}
		in.addLogins(s)
	}
	return out
}

// addLogins gives a session its logins.
func (in *input) addLogins(s *session) {
	list, gap := in.logins.list, in.logins.gap()
	s.blind = math.MaxInt64
	if gap < len(list) {
		s.blind = list[gap-1].off + 1
		s.partial = s.blind < s.end && s.Offset < list[gap].off
	}
	for i := range list {
		if x := &list[i]; s.Offset <= x.off && x.off < s.end && (s.PID == x.pid || s.PID == 0) {
			s.logins = append(s.logins, *x)
			s.seen(fromStamp(x.ns))
		}
	}
	if !s.cut {
		s.User = s.userAt(s.end)
	}
}

// userAt returns the user of the last login before a place, or "" if that is not known.
func (s *session) userAt(off int64) string {
	for i := len(s.logins) - 1; i >= 0; i-- {
		if x := &s.logins[i]; x.off < off {
			if x.off < s.blind && s.blind < off {
				return "" // another login may stand between
			}
			return x.user
		}
	}
	return ""
}

// userOf returns the user of a record of the session: that of the last login above it. What stands
// above every login, such as one that failed, belongs to the session's user if it has only one.
func (s *session) userOf(off int64) string {
	if len(s.logins) > 0 && off < s.logins[0].off {
		if s.partial || slices.ContainsFunc(s.logins, func(x trace) bool { return x.user != s.User }) {
			return ""
		}
		return s.User
	}
	return s.userAt(off)
}

func (s *session) seen(t time.Time) {
	if t.After(s.Last) {
		s.Last = t
	}
}

// join completes a sample whose record names its process from the session that it falls into. What the
// record says itself stays.
func join(sessions []session, x *Sample) {
	if len(sessions) == 0 {
		return
	}
	pid := ProcessOf(x.Fields, x.Text)
	if pid == 0 {
		return
	}
	i := slices.IndexFunc(sessions, func(s session) bool {
		return s.Offset <= x.Offset && x.Offset < s.end && (s.PID == pid || s.PID == 0)
	})
	if i < 0 {
		return
	}
	s := &sessions[i]
	s.seen(x.Time)
	for _, f := range (Fields{
		{KeyAppID, s.AppID}, {KeyVersion, s.Version}, {KeyPlatform, s.Platform}, {KeyDevice, s.Device}, {KeyUser, s.userOf(x.Offset)},
	}) {
		if f.Value != "" && x.Fields.Get(f.Key) == "" {
			x.Fields = append(slices.DeleteFunc(x.Fields, func(o Field) bool { return o.Key == f.Key }), f)
		}
	}
	slices.SortFunc(x.Fields, func(a, b Field) int { return strings.Compare(a.Key, b.Key) })
}
