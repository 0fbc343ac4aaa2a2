package main

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/scanner"
	"github.com/imtriage/imtriage/scanner/input"
	"github.com/imtriage/imtriage/scanner/xlog"
)

// inputFlags say how inputs are read.
type inputFlags struct {
	tz       string
	date     string
	hostFrom string
	encoding string
	depth    int
	ratio    int64
	bytes    byteSize
	members  int
	xlogKeys []string
}

func (o *inputFlags) flags(f *pflag.FlagSet) {
	f.StringVar(&o.tz, "tz", "", "time `zone` of stamps that name none: Asia/Shanghai, +08:00 (default local)")
	f.StringVar(&o.date, "date", "", "reference `date` of stamps without a date or year (default: date in the file's name, else its mtime)")
	f.StringVar(&o.hostFrom, "host-from", "", "the host that wrote a log, from its name: a `pattern` such as '{host}/*.log'")
	o.bytes = input.DefaultBytes
	f.StringVar(&o.encoding, "encoding", "", "`encoding` of the logs: "+strings.Join(input.Encodings(), ", ")+" (default: found by their text)")
	f.IntVar(&o.depth, "max-depth", input.DefaultDepth, "unpack archives in each other `n` deep")
	f.Int64Var(&o.ratio, "max-ratio", input.DefaultRatio, "stop unpacking at `n` times the compressed size")
	f.Var(&o.bytes, "max-bytes", "stop unpacking an input after this `size`: 500M, 20G")
	f.IntVar(&o.members, "max-members", input.DefaultMembers, "read `n` members of an archive")
	f.StringSliceVar(&o.xlogKeys, "xlog-key", nil, "`file` with the private key of encrypted xlog files, 64 hex digits")
}

// compile says how named paths become sources.
func (o *inputFlags) compile(a *app) (in scanner.Inputs, err error) {
	in = scanner.Inputs{Stdin: a.in, Now: a.now()}
	if in.Zone, err = parseZone(o.tz, a.local); err != nil {
		return in, usage("", "--tz: %v", err)
	}
	if in.Date, err = parseDate(o.date, in.Now, in.Zone); err != nil {
		return in, err
	}
	if in.Limits, err = o.limits(); err != nil {
		return in, err
	}
	if in.Encoding, err = o.knownEncoding(); err != nil {
		return in, err
	}
	if in.Keys, err = o.keys(); err != nil {
		return in, err
	}
	if o.hostFrom != "" {
		if in.HostFrom, err = scanner.NewHostPattern(o.hostFrom); err != nil {
			return in, usage("", "--host-from: %v", err)
		}
	}
	return in, nil
}

// limits returns what bounds an input.
func (o *inputFlags) limits() (input.Limits, error) {
	for _, n := range []struct {
		flag  string
		value int64
	}{{"max-depth", int64(o.depth)}, {"max-ratio", o.ratio}, {"max-bytes", int64(o.bytes)}, {"max-members", int64(o.members)}} {
		if n.value < 0 {
			return input.Limits{}, usage("", "--%s: %d is negative", n.flag, n.value)
		}
	}
	return input.Limits{Depth: o.depth, Ratio: o.ratio, Bytes: int64(o.bytes), Members: o.members}, nil
}

// knownEncoding returns the encoding as the scanner names it.
func (o *inputFlags) knownEncoding() (string, error) {
	e := strings.ToLower(o.encoding)
	if e != "" && !slices.Contains(input.Encodings(), e) {
		return "", usage(didYouMean(e, input.Encodings()), "--encoding: unknown encoding %q, want one of %s", o.encoding, strings.Join(input.Encodings(), ", "))
	}
	return e, nil
}

// keys reads the keys of encrypted xlog files.
func (o *inputFlags) keys() (keys []*xlog.Key, err error) {
	for _, name := range o.xlogKeys {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, usage("", "--xlog-key: %v", err)
		}
		key, err := xlog.ParseKey(text)
		if err != nil {
			return nil, usage("", "--xlog-key: %s: %v", name, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}
