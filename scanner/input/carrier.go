package input

import (
	"io"
	"time"
)

// carriers appends what is known beside the text that was read so far, in order and each once.
type carriers func(dst []Carrier) []Carrier

// A carryingReader reads a text; beside is nil where nothing is known beside it.
type carryingReader struct {
	io.Reader
	beside carriers
}

// A Carrier tells what is known of a part of a text beside the text: what the envelope of a line said, or which
// file of a rotated set it comes from. It holds from Off on, up to the next one.
type Carrier struct {
	Off  int64     `json:"off"`            // in the decoded text
	Time time.Time `json:"time,omitzero"`  // UTC; zero where the envelope said none
	Host string    `json:"host,omitempty"` // that wrote the line, or ""
	// Stamp is a time without a zone, or a year either, that the envelope said instead of Time; as logs write it.
	Stamp string `json:"stamp,omitempty"`
	// Reference is the instant against which missing dates are resolved; zero: that of the input.
	Reference time.Time `json:"reference,omitzero"`
}
