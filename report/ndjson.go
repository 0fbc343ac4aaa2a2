package report

import (
	"io"
	"strconv"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

// NDJSON writes findings as they come, one JSON object a line, each with one Write. It is not
// safe for concurrent use.
type NDJSON struct {
	w   io.Writer
	r   *redact.Redactor
	buf []byte
}

// NewNDJSON returns a stream on w. Texts and fields go through the redactor.
func NewNDJSON(w io.Writer, r *redact.Redactor) *NDJSON {
	return &NDJSON{w: w, r: r}
}

// Finding writes one finding, redacted, and keeps nothing of it. The fields and their order are
// those of schema/finding.schema.json. Time is null where there is none; so is line where it is
// not counted from the start of the input.
func (n *NDJSON) Finding(f *tally.Finding) error {
	f.Complete()
	category, topic, class := string(f.Family)+"/unknown", catalog.Topic(""), catalog.Error
	if e := f.Entry; e != nil {
		category, topic, class = e.Category(), e.Topic, e.Class
	}
	o := object{buf: append(n.buf[:0], '{')}
	o.text("source", f.Source)
	if f.Line > 0 && f.Piece == 0 {
		o.number("line", f.Line)
	} else {
		o.raw("line", "null")
	}
	o.number("column", int64(f.Column))
	o.number("offset", f.Offset)
	o.time("time", f.Time)
	o.number("code", int64(f.Code))
	o.text("family", string(f.Family))
	o.text("category", category)
	o.text("topic", string(topic))
	o.text("class", class.String())
	o.raw("known", strconv.FormatBool(f.Entry != nil))
	o.text("extractor", f.Extractor)
	o.text("level", f.Level)
	text, fields := tally.Redact(n.r, f.Text, f.Fields)
	o.text("text", text)
	o.key("fields")
	o.buf = append(o.buf, '{')
	for i, v := range fields {
		if i > 0 {
			o.buf = append(o.buf, ',')
		}
		o.buf = append(appendString(o.buf, v.Key), ':')
		o.buf = appendString(o.buf, v.Value)
	}
	o.buf = append(o.buf, '}')
	o.raw("time_guessed", strconv.FormatBool(f.TimeGuessed))
	o.key("alternatives")
	o.buf = append(o.buf, '[')
	for i, a := range f.Alternatives {
		if i > 0 {
			o.buf = append(o.buf, ',')
		}
		o.buf = appendString(o.buf, string(a))
	}
	o.buf = append(o.buf, "]}\n"...)
	n.buf = o.buf
	_, err := n.w.Write(o.buf)
	return err
}

// An object is a JSON object that grows at its end; keys are plain ASCII.
type object struct{ buf []byte }

func (o *object) key(k string) {
	if o.buf[len(o.buf)-1] != '{' {
		o.buf = append(o.buf, ',')
	}
	o.buf = append(o.buf, '"')
	o.buf = append(o.buf, k...)
	o.buf = append(o.buf, '"', ':')
}

func (o *object) raw(k, v string) {
	o.key(k)
	o.buf = append(o.buf, v...)
}

func (o *object) text(k, v string) {
	o.key(k)
	o.buf = appendString(o.buf, v)
}

func (o *object) number(k string, v int64) {
	o.key(k)
	o.buf = strconv.AppendInt(o.buf, v, 10)
}

func (o *object) time(k string, t time.Time) {
	o.key(k)
	if t.IsZero() {
		o.buf = append(o.buf, "null"...)
		return
	}
	o.buf = append(o.buf, '"')
	o.buf = t.UTC().AppendFormat(o.buf, time.RFC3339Nano)
	o.buf = append(o.buf, '"')
}
