// Package envelope takes logs out of what carried them.
//
// Few server logs reach a reader as they were written. A container runtime puts each line into JSON, a log service
// exports an array of hits, a spreadsheet doubles the quotes. [Detect] tells from the head of a text which carrier
// wrote it, and a [Reader] gives the text that was carried, line for line: what is found in it is what would have been
// found in the log before it was sent away.
//
// # What comes out
//
// The message of each element, a line break behind it unless it ends with one. Line breaks inside a message stay, so
// that it is one record of several lines. What the carrier knows besides, the time and the host, is told by
// [Carrier] values that name places in the text. What is no envelope among envelopes (a warning of kubectl, a line that
// was torn) passes through as it is, and no carrier speaks for it.
//
// An element is never made poorer than it was. If fields beside its message could present a result of IM that the
// message does not name, they follow the message as one line of JSON. A program's own JSON lines (zap, logrus, pino) are
// no envelope: all their fields belong to the record.
//
// # What it will not do
//
// It does not interpret messages, and it knows no error codes. Memory is bounded on any bytes: an element above 4 MiB
// passes through raw, in pieces, and at most 4 MiB are held where an export is turned round.
package envelope

import "time"

// A Format is a carrier's way to write logs, named for people.
type Format string

// The formats that [Detect] tells. Those of JSON come as lines, as a stream of objects over several lines, and as the
// document that an API answers with.
const (
	None          Format = "" // no envelope
	Docker        Format = "docker json-file"
	CRI           Format = "CRI log"
	JournalJSON   Format = "journald JSON"
	JournalExport Format = "journald export"
	ISO           Format = "syslog with ISO times" // journalctl -o short-iso, rsyslog's file format
	RFC3164       Format = "syslog (RFC 3164)"
	RFC5424       Format = "syslog (RFC 5424)"
	Array         Format = "JSON array" // of anything: each element is looked at by itself
	Elastic       Format = "Elasticsearch export"
	Loki          Format = "Loki export"
	CLS           Format = "CLS export"
	SLS           Format = "SLS export"
	Sentry        Format = "Sentry events"
	Bugly         Format = "Bugly events"
	Beats         Format = "Filebeat JSON"
	Fluent        Format = "Fluentd JSON"
	Logstash      Format = "Logstash JSON"
	Vector        Format = "Vector JSON"
	CSV           Format = "CSV table"
	TSV           Format = "TSV table"
	NewestFirst   Format = "newest first" // a text without an envelope, which is turned round
)

// String returns the name.
func (f Format) String() string { return string(f) }

// A Carrier tells what an envelope says of the text from Off on, up to the next Carrier.
type Carrier struct {
	Off  int64     // in the unwrapped text, in bytes
	Time time.Time // in UTC; zero if the envelope does not say, or not in which zone
	Host string    // "" if the envelope does not say
	// Stamp is the time that the envelope says without a zone, or without a year either, as logs write it; else "".
	Stamp string
}

// A Report says what a [Reader] met.
type Report struct {
	Elements int64 // envelopes that were opened
	Strays   int64 // lines and elements that were none and passed through as they are
	// Unfinished counts messages whose last part did not come before the end; they were given out as far as they go.
	Unfinished int
	// Problem says where the carrier's syntax broke off, or is "". The text behind passed through raw.
	Problem  string
	Reversed bool     // the export was newest first and was turned round
	Notes    []string // what else a reader of the report should know
}

const (
	// maxElement is how long an element may be to be unwrapped.
	maxElement = 4 << 20
	// headLen is how much of a text says what it is.
	headLen = 64 << 10
)
