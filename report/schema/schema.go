// Package schema holds the JSON Schemas (draft 2020-12) of what imtriage writes for programs.
//
// They are the contract: within a schema's number no field goes or changes its sense. New fields
// may come, so the schemas accept fields they do not know, and so should whoever reads.
package schema

import _ "embed" // for the schemas

//go:embed report.schema.json
var report []byte

//go:embed finding.schema.json
var finding []byte

//go:embed timeline.schema.json
var timeline []byte

//go:embed alert.schema.json
var alert []byte

// Report returns the schema of -f json, imtriage.report/1. The bytes are the caller's.
func Report() []byte { return append([]byte(nil), report...) }

// Finding returns the schema of one line of -f ndjson. The bytes are the caller's.
func Finding() []byte { return append([]byte(nil), finding...) }

// Timeline returns the schema of imtriage timeline -f json, imtriage.timeline/1. The bytes are the caller's.
func Timeline() []byte { return append([]byte(nil), timeline...) }

// Alert returns the schema of what receivers of alerts get, imtriage.alert/1. The bytes are the caller's.
func Alert() []byte { return append([]byte(nil), alert...) }
