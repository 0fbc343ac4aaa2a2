package report

import (
	"fmt"
	"strconv"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report/timeline"
)

// leastMessage is the width below which a part of a message is of no use.
const leastMessage = 12

// row writes a row, behind the heading of its session if that is new.
func (p *timePage) row(r *timeline.Row) {
	when := r.Time
	if when.IsZero() && !p.known[r.Session] {
		when = p.t.Sessions[r.Session].First
	}
	if day := full(when, p.zone); day != "" && day[:len("2006-01-02")] != p.day {
		day = day[:len("2006-01-02")]
		p.day = day
		p.b.WriteString("\n")
		p.line(p.bold(day))
	}
	if !p.known[r.Session] {
		p.known[r.Session] = true
		p.session(r.Session)
	}
	if r.Event == tally.MarkSession {
		return // its heading says it
	}
	line := " " + p.clock(r) + " "
	if p.many {
		line += p.dim(pad(p.tag(r.Session), displayed(p.tag(len(p.t.Sessions)-1)))) + " "
	}
	line += p.page.class(r.Class(), pad(p.classOf(r), p.class)) + " "
	number := pad("", p.code-displayed(p.number(r))) + p.number(r)
	if r.Followers > 0 {
		number = p.bold(number)
	}
	line += number + "  "
	room, often := p.width-displayed(line), p.often(r)
	if often != "" {
		room -= displayed(often) + 2
		often = "  " + often
	}
	p.line(line + pad(p.what(r, room), room) + often)
	if p.style.Verbose {
		p.evidence(sampleOf(r), []tally.Key{{Family: r.Family, Code: r.Code}})
	}
}

// what says what happened in a row, to whom and where, in so many columns.
func (p *timePage) what(r *timeline.Row, room int) string {
	title, rest := p.t.title(r), ""
	if r.Follows >= 0 {
		title = "↳" + strconv.Itoa(p.t.Rows[r.Follows].Code) + " " + title
	}
	add := func(s string) {
		if s != "" {
			rest += " · " + s
		}
	}
	switch user := Sanitize(r.User); {
	case r.UsersMore:
		add(nounUsersMore.count(int64(r.Users), p.Lang))
	case r.Users > 1:
		add(nounUser.count(int64(r.Users), p.Lang))
	case user != Sanitize(p.t.Sessions[r.Session].User) && (len(p.t.Users) != 1 || r.User != p.t.Users[0]):
		add(user)
	}
	switch len(r.APIs) {
	case 0:
		message := Sanitize(r.Fields.Get(tally.KeyMessage))
		if left := room - displayed(title+rest) - len(" · "); left >= min(displayed(message), leastMessage) {
			add(truncate(message, left))
		}
	case 1:
		add(Sanitize(r.APIs[0]))
	default:
		add(Sanitize(r.APIs[0]) + " +" + strconv.Itoa(len(r.APIs)-1))
	}
	// The title gives way to what follows, but not by more than a third.
	return truncate(truncate(title, max(room-displayed(rest), room*2/3))+rest, room)
}

// number writes the code of a row; a star says that others follow from it.
func (p *timePage) number(r *timeline.Row) string {
	switch {
	case r.Event != "":
		return ""
	case r.Followers > 0:
		return "*" + strconv.Itoa(r.Code)
	}
	return strconv.Itoa(r.Code)
}

// classOf names the class of a row; of events only failures have a word.
func (p *timePage) classOf(r *timeline.Row) string {
	switch {
	case r.Event == "":
		return r.Class().Title(p.Lang)
	case r.Class() == catalog.Info:
		return ""
	}
	return wordFailure.In(p.Lang)
}

// often says how many records a row has, and over which time.
func (p *timePage) often(r *timeline.Row) string {
	if r.Count == 1 {
		return ""
	}
	s := times(r.Count)
	if d := r.Last.Sub(r.Time); d >= time.Second {
		return fmt.Sprintf(wordOver.In(p.Lang), s, duration(d, p.Lang))
	}
	return s
}

// clock writes the time of a row below its date, behind a ~ where the date is not the log's own.
func (p *timePage) clock(r *timeline.Row) string {
	switch {
	case r.Time.IsZero():
		return p.dim(pad(" –", len(" 15:04:05")))
	case r.TimeGuessed:
		return "~" + r.Time.In(p.zone).Format("15:04:05")
	}
	return " " + r.Time.In(p.zone).Format("15:04:05")
}

func (p *timePage) tag(session int) string { return "[" + strconv.Itoa(session+1) + "]" }

// left says that rows are not shown here.
func (p *timePage) left(rows, records int64) {
	p.line("  " + p.dim(fmt.Sprintf(wordLeft.In(p.Lang), number(rows), number(records))))
}
