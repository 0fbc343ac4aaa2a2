package serve

import (
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Of labels there are only words of ours and of the catalog, never text of a log: their number is bounded.
var (
	findingsMetric   = prometheus.NewDesc("imtriage_findings_total", "IM error codes found, unknown ones as code unknown.", []string{"code", "class", "category"}, nil)
	okMetric         = prometheus.NewDesc("imtriage_ok_total", "IM results with code 0.", nil, nil)
	marksMetric      = prometheus.NewDesc("imtriage_marks_total", "Events without a code.", []string{"event"}, nil)
	verdictMetric    = prometheus.NewDesc("imtriage_verdict_active", "Whether the verdict of a rule stands, for any group.", []string{"rule", "class"}, nil)
	lagMetric        = prometheus.NewDesc("imtriage_input_lag_bytes", "Bytes of all inputs that are there and were not read yet.", nil, nil)
	linesMetric      = prometheus.NewDesc("imtriage_input_lines_total", "Lines read of all inputs.", nil, nil)
	rotationsMetric  = prometheus.NewDesc("imtriage_input_rotations_total", "Rotations of all inputs.", nil, nil)
	inputsMetric     = prometheus.NewDesc("imtriage_inputs", "Inputs that are followed.", nil, nil)
	troubledMetric   = prometheus.NewDesc("imtriage_inputs_troubled", "Inputs that cannot be read at present.", nil, nil)
	pollMetric       = prometheus.NewDesc("imtriage_last_poll_timestamp_seconds", "When inputs were last looked at.", nil, nil)
	checkpointMetric = prometheus.NewDesc("imtriage_last_checkpoint_timestamp_seconds", "When the state was last written.", nil, nil)
	receiverMetric   = prometheus.NewDesc("imtriage_receiver_up", "Whether a receiver of alerts took the last one.", []string{"receiver"}, nil)
	waitingMetric    = prometheus.NewDesc("imtriage_receiver_waiting", "Alerts that wait for a receiver.", []string{"receiver"}, nil)
)

// A collector reads the counts of now when it is asked for them: what was restored is in them.
type collector struct{ s *Server }

// Describe implements [prometheus.Collector].
func (c collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		findingsMetric, okMetric, marksMetric, verdictMetric, lagMetric, linesMetric, rotationsMetric, inputsMetric,
		troubledMetric, pollMetric, checkpointMetric, receiverMetric, waitingMetric,
	} {
		out <- d
	}
}

// Collect implements [prometheus.Collector].
func (c collector) Collect(out chan<- prometheus.Metric) {
	add := func(kind prometheus.ValueType, d *prometheus.Desc, v float64, labels ...string) {
		for i := range labels {
			labels[i] = strings.ToValidUTF8(labels[i], "\uFFFD")
		}
		out <- prometheus.MustNewConstMetric(d, kind, v, labels...)
	}
	t := c.s.o.State.Totals()
	for l, n := range t.Findings {
		add(prometheus.CounterValue, findingsMetric, float64(n), l.Code, l.Class, l.Category)
	}
	add(prometheus.CounterValue, okMetric, float64(t.OK))
	for event, n := range t.Marks {
		add(prometheus.CounterValue, marksMetric, float64(n), event)
	}
	for l, open := range t.Verdicts {
		add(prometheus.GaugeValue, verdictMetric, truth(open), l.Rule, l.Class)
	}
	var lag int64
	troubled := 0
	for i := range t.Inputs {
		lag += t.Inputs[i].Lag
		if t.Inputs[i].Problem != "" {
			troubled++
		}
	}
	add(prometheus.GaugeValue, lagMetric, float64(lag))
	add(prometheus.CounterValue, linesMetric, float64(t.Lines))
	add(prometheus.CounterValue, rotationsMetric, float64(t.Rotations))
	add(prometheus.GaugeValue, inputsMetric, float64(len(t.Inputs)))
	add(prometheus.GaugeValue, troubledMetric, float64(troubled))

	h := c.s.o.Health()
	if !h.LastPoll.IsZero() {
		add(prometheus.GaugeValue, pollMetric, seconds(h.LastPoll))
	}
	if !h.LastCheckpoint.IsZero() {
		add(prometheus.GaugeValue, checkpointMetric, seconds(h.LastCheckpoint))
	}
	seen := make(map[string]bool)
	for _, r := range h.Receivers {
		if !seen[r.Name] {
			seen[r.Name] = true
			add(prometheus.GaugeValue, receiverMetric, truth(r.Problem == ""), r.Name)
			add(prometheus.GaugeValue, waitingMetric, float64(r.Waiting), r.Name)
		}
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// metrics returns what answers a scrape.
func (s *Server) metrics() http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collector{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: maxScrapes})
}
