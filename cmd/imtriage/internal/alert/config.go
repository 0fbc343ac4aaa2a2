package alert

import "time"

// A Config is the block alerts of .imtriage.yaml as it is written. [Load] checks it.
type Config struct {
	Lang       string         `yaml:"lang"`        // of receivers that name none
	AllowHosts []string       `yaml:"allow-hosts"` // to which webhooks may go, besides those of their kinds
	Receivers  []ReceiverSpec `yaml:"receivers"`
	Routes     []RouteSpec    `yaml:"routes"` // none: everything goes to all receivers
}

// A ReceiverSpec says where alerts go. URL, Secret and the values of Headers are references to
// secrets, env:NAME or file:PATH.
type ReceiverSpec struct {
	Name      string            `yaml:"name"`
	Kind      string            `yaml:"kind"` // see [Kinds]
	Lang      string            `yaml:"lang"`
	URL       string            `yaml:"url"`
	Secret    string            `yaml:"secret"`
	Keyword   string            `yaml:"keyword"` // that the robot wants in every message
	Headers   map[string]string `yaml:"headers"`
	Command   []string          `yaml:"command"` // a program and its arguments; no shell
	Env       []string          `yaml:"env"`     // variables that it gets besides PATH, HOME and the like
	Format    string            `yaml:"format"`  // of standard output
	Timeout   time.Duration     `yaml:"timeout"`
	Rate      int               `yaml:"rate"` // messages a minute
	Queue     int               `yaml:"queue"`
	GroupWait time.Duration     `yaml:"group-wait"` // how long the first alert of a message waits for others
}

// A RouteSpec says which alerts go to which receivers: all tests that are given must pass, and of
// a list any value may. An alert takes every route that it fits.
type RouteSpec struct {
	To    []string `yaml:"to"`
	Class string   `yaml:"class"` // that or worse
	Topic []string `yaml:"topic"`
	Rule  []string `yaml:"rule"` // ids, * standing for any characters
	Turn  []string `yaml:"turn"` // raised, repeated, cleared
}

// The bounds of what a receiver may be given.
const (
	defaultTimeout = 10 * time.Second
	maxTimeout     = 5 * time.Minute
	defaultQueue   = 200
	maxQueue       = 10_000
	maxGroupWait   = time.Hour
	maxRate        = 6000
	maxReceivers   = 50
)
