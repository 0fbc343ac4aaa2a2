package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/yamlpos"
)

// options are what was typed for a batch run; plan.go says what it means.
type options struct {
	overlays
	output
	filterFlags
	gateFlags
	redactFlags
	inputFlags

	jobs            int
	samples         int
	progress        string
	allowIncomplete bool
	printPlan       bool
}

func (o *options) flags(f *pflag.FlagSet, lang string) {
	o.output.flags(f, lang)
	o.gateFlags.flags(f)
	o.filterFlags.flags(f)
	o.overlays.flags(f)
	o.redactFlags.flags(f)
	o.inputFlags.flags(f)
	f.IntVarP(&o.jobs, "jobs", "j", 0, "`workers` (default: one for each CPU)")
	f.IntVar(&o.samples, "samples", 5, "evidence kept for each code, `n` records")
	f.StringVar(&o.progress, "progress", "auto", "progress on standard error: auto, always or never")
	f.BoolVar(&o.printPlan, "print-plan", false, "print what would be done and why, and do nothing")
}

// redactFlags say what is taken out of texts.
type redactFlags struct {
	off            bool
	reveal, redact []string
	key            string
}

func (o *redactFlags) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.off, "no-redact", false, "show texts as they are, secrets included")
	f.StringSliceVar(&o.reveal, "reveal", nil, "show these `kinds`: see imtriage redact list")
	f.StringSliceVar(&o.redact, "redact", nil, "take these `kinds` out too")
	f.StringVar(&o.key, "redact-key", "", "`secret` that makes pseudonyms, so that others cannot guess them")
}

func (o *redactFlags) compile() (*redact.Redactor, error) {
	r, err := redact.New(redact.Options{Key: []byte(o.key), Reveal: kinds(o.reveal), Redact: kinds(o.redact), Off: o.off})
	if err != nil {
		return nil, usage("imtriage redact list shows the kinds", "%v", err)
	}
	return r, nil
}

func kinds(words []string) []redact.Kind {
	out := make([]redact.Kind, len(words))
	for i, w := range words {
		out[i] = redact.Kind(w)
	}
	return out
}

// defaultLang is Chinese where the environment is, else English.
func (a *app) defaultLang() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v, _ := a.env(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "zh") {
				return string(catalog.ZH)
			}
			return string(catalog.EN)
		}
	}
	return string(catalog.EN)
}

// didYouMean is a hint for a mistyped word, or "".
func didYouMean(word string, list []string) string {
	if near := yamlpos.DidYouMean(word, list); near != "" {
		return "did you mean \"" + near + "\"?"
	}
	return "one of: " + strings.Join(list, " ")
}
