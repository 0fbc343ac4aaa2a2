package envelope_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input/envelope"
)

// TestShapes holds what carriers write against what was carried.
func TestShapes(t *testing.T) {
	const at = "2026-06-01T02:03:04.123Z"
	for _, tc := range []struct {
		name   string
		in     string
		format envelope.Format
		want   []spot
	}{
		{
			"docker", `{"log":"send failed: {\"ErrorCode\":70001}\n","stream":"stdout","time":"2026-06-01T02:03:04.123456789Z"}` + "\n",
			envelope.Docker,
			[]spot{{"send failed: {\"ErrorCode\":70001}\n", "2026-06-01T02:03:04.123456789Z", ""}},
		},
		{
			"docker with attrs and escapes", `{"log":"\u7968\ud83d\ude00\u003c\ttab\n","stream":"stderr","attrs":{"tag":"a"},"time":"` + at + `"}` + "\n",
			envelope.Docker,
			[]spot{{"票😀<\ttab\n", at, ""}},
		},
		{
			"docker parts of two streams",
			`{"log":"out 1, ","stream":"stdout","time":"2026-06-01T02:03:01Z"}` + "\n" +
				`{"log":"err 1, ","stream":"stderr","time":"2026-06-01T02:03:02Z"}` + "\n" +
				`{"log":"out 2\n","stream":"stdout","time":"2026-06-01T02:03:03Z"}` + "\n" +
				`{"log":"err 2","stream":"stderr","time":"2026-06-01T02:03:04Z"}` + "\n",
			envelope.Docker,
			[]spot{{"out 1, out 2\n", "2026-06-01T02:03:01Z", ""}, {"err 1, err 2\n", "2026-06-01T02:03:02Z", ""}},
		},
		{
			"CRI", "W0601 warning of kubectl\n" +
				"2026-06-01T02:03:04.123456789Z stdout P a long \n2026-06-01T02:03:04.2Z stderr F other\n2026-06-01T10:03:05+08:00 stdout F line\n2026-06-01T02:03:06Z stdout F \n",
			envelope.CRI,
			[]spot{
				{"W0601 warning of kubectl\n", "", ""},
				{"other\n", "2026-06-01T02:03:04.2Z", ""},
				{"a long line\n", "2026-06-01T02:03:04.123456789Z", ""},
				{"\n", "2026-06-01T02:03:06Z", ""},
			},
		},
		{
			"journald json", `{"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1780279384123456","_HOSTNAME":"im-1","PRIORITY":"3","MESSAGE":"code 6206"}` + "\n" +
				`{"__CURSOR":"s=2","__REALTIME_TIMESTAMP":"1780279385123456","_HOSTNAME":"im-1","MESSAGE":[227,131,255,10,52]}` + "\n",
			envelope.JournalJSON,
			[]spot{{"code 6206\n", "2026-06-01T02:03:04.123456Z", "im-1"}, {"\xe3\x83\xff\n4\n", "2026-06-01T02:03:05.123456Z", "im-1"}},
		},
		{
			"journald json-pretty", "{\n\t\"__CURSOR\" : \"s=1\",\n\t\"MESSAGE\" : \"code 6206\",\n\t\"__REALTIME_TIMESTAMP\" : \"1780279384123456\"\n}\n{\n\t\"MESSAGE\" : \"next\",\n\t\"__REALTIME_TIMESTAMP\" : \"1780279384123457\"\n}\n",
			envelope.JournalJSON,
			[]spot{{"code 6206\n", "2026-06-01T02:03:04.123456Z", ""}, {"next\n", "2026-06-01T02:03:04.123457Z", ""}},
		},
		{
			"journald json-seq", "\x1e" + `{"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1780279384123456","MESSAGE":"code 6206"}` + "\n",
			envelope.JournalJSON,
			[]spot{{"code 6206\n", "2026-06-01T02:03:04.123456Z", ""}},
		},
		{
			"journald export", "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1780279384123456\n_HOSTNAME=im-1\nMESSAGE=code=6206\n\n" +
				"__CURSOR=s=2\n__REALTIME_TIMESTAMP=1780279385123456\n_HOSTNAME=im-1\nMESSAGE\n\x03\x00\x00\x00\x00\x00\x00\x00a\nb\n\n",
			envelope.JournalExport,
			[]spot{{"code=6206\n", "2026-06-01T02:03:04.123456Z", "im-1"}, {"a\nb\n", "2026-06-01T02:03:05.123456Z", "im-1"}},
		},
		{
			"short-iso", "-- Boot 1 --\n2026-06-01T10:03:04+0800 im-1 app[12]: java.lang.E: code=70001\n2026-06-01T10:03:04+0800 im-1 app[12]: \tat a.B(C:1)\n                                        indented\n",
			envelope.ISO,
			[]spot{
				{"-- Boot 1 --\n", "", ""},
				{"java.lang.E: code=70001\n\tat a.B(C:1)\n indented\n", "2026-06-01T02:03:04Z", "im-1"},
			},
		},
		{
			"RFC 3164", "<13>Jun  1 02:03:04 im-1 app[12]: java.lang.E: code=70001\n<13>Jun  1 02:03:04 im-1 app[12]: #011at a.B(C:1)\n<13>Jun  1 02:03:04 im-1 app[12]: 2026-06-01 10:03:04,123 ERROR code=6206\n",
			envelope.RFC3164,
			[]spot{{"java.lang.E: code=70001\n\tat a.B(C:1)\n2026-06-01 10:03:04,123 ERROR code=6206\n", "Jun  1 02:03:04", "im-1"}},
		},
		{
			"RFC 5424", "<165>1 2026-06-01T10:03:04.123+08:00 im-1 app 12 ID47 [a@1 b=\"\\\"]\" c=\"2\"] \ufeffcode=70001\n1 2026-06-01T02:03:05Z - app - - - next\n1 2026-06-01T02:03:06Z - app - - [im errorCode=\"70002\"] last\n",
			envelope.RFC5424,
			[]spot{{"code=70001\n", at, "im-1"}, {"next\n", "2026-06-01T02:03:05Z", ""}, {"[im errorCode=\"70002\"] last\n", "2026-06-01T02:03:06Z", ""}},
		},
		{
			"array of answers", `[{"ErrorCode":70001,"ErrorInfo":"a, b"}, {"ErrorCode":70002}` + "\n,\n{\n  \"ErrorCode\": 70003,\n  \"x\": [\n    1\n  ]\n}, 7, \"text\"]\n",
			envelope.Array,
			[]spot{{`{"ErrorCode":70001,"ErrorInfo":"a, b"}` + "\n" + `{"ErrorCode":70002}` + "\n" + `{"ErrorCode": 70003,"x": [1]}` + "\n7\ntext\n", "", ""}},
		},
		{
			"array of records", `[{"time":"` + at + `","level":"error","host":"h","message":"line 1\nat b"},{"time":"` + at + `","msg":"failed","code":6014,"user":"u1"}]`,
			envelope.Array,
			[]spot{{"line 1\nat b\n", at, "h"}, {`{"time":"` + at + `","msg":"failed","code":6014,"user":"u1"}` + "\n", at, ""}},
		},
		{
			"Elasticsearch answer", `{"took":5,"timed_out":false,"hits":{"total":{"value":2},"max_score":null,"hits":[` +
				`{"_index":"im","_id":"1","_source":{"@timestamp":"` + at + `","message":"code=70001","host":{"name":"im-1","ip":["10.0.0.1"]}}},` +
				`{"_index":"im","_id":"2","_source":{"@timestamp":"2026-06-01T02:03:05Z","host.name":"im-2","message":"expired","error":{"code":70001}}}]}}`,
			envelope.Elastic,
			[]spot{{"code=70001\n", at, "im-1"}, {`{"message":"expired","error":{"code":70001}}` + "\n", "2026-06-01T02:03:05Z", "im-2"}},
		},
		{
			"elasticdump", `{"_index":"im","_type":"_doc","_id":"1","_score":1,"_source":{"@timestamp":"` + at + `","message":"code=70001","agent":{"hostname":"im-3"}}}` + "\n",
			envelope.Elastic,
			[]spot{{"code=70001\n", at, "im-3"}},
		},
		{
			"Kibana fields", `[{"_index":"im","_id":"1","fields":{"@timestamp":["` + at + `"],"message":["code=70001"],"host.name":["im-4"]}}]`,
			envelope.Array,
			[]spot{{"code=70001\n", at, "im-4"}},
		},
		{
			"Loki answer", `{"status":"success","data":{"resultType":"streams","result":[` +
				`{"stream":{"app":"im","host":"im-5"},"values":[["1780279386000000000","c"],["1780279385000000000","b\nb"],["1780279384000000000","a"]]},` +
				`{"stream":{"instance":"im-6"},"values":[["1780279388000000000","e"],["1780279387000000000","d",{"code":"70009"}]]}]}}`,
			envelope.Loki,
			[]spot{
				{"a\n", "2026-06-01T02:03:04Z", "im-5"},
				{"b\nb\n", "2026-06-01T02:03:05Z", "im-5"},
				{"c\n", "2026-06-01T02:03:06Z", "im-5"},
				{"d\n{\"code\":\"70009\"}\n", "2026-06-01T02:03:07Z", "im-6"},
				{"e\n", "2026-06-01T02:03:08Z", "im-6"},
			},
		},
		{
			"logcli", `{"labels":{"node_name":"n1"},"line":"code=70001","timestamp":"` + at + `"}` + "\n",
			envelope.Loki,
			[]spot{{"code=70001\n", at, "n1"}},
		},
		{
			"Grafana", `[{"line":"code=70001","timestamp":"1780279384123000000","date":"` + at + `","fields":{"app":"im","hostname":"h"}}]`,
			envelope.Array,
			[]spot{{"code=70001\n", at, "h"}},
		},
		{
			"CLS", `{"__TIMESTAMP__":"1780279384123","__SOURCE__":"10.0.0.1","__FILENAME__":"/a.log","__CONTENT__":"code=70001"}` + "\n",
			envelope.CLS,
			[]spot{{"code=70001\n", at, "10.0.0.1"}},
		},
		{
			"CLS answer", `{"Response":{"Context":"","Results":[{"Time":1780279384123,"TopicId":"t","Source":"10.0.0.1","LogJson":"{\"__CONTENT__\":\"code=70001\"}","RawLog":""},` +
				`{"Time":1780279384123,"TopicId":"t","Source":"10.0.0.1","LogJson":"{\"ErrorCode\":70002}"},{"Time":1780279384124,"TopicId":"t","RawLog":"raw 70003"}],"RequestId":"r"}}`,
			envelope.CLS,
			[]spot{{"code=70001\n{\"ErrorCode\":70002}\n", at, "10.0.0.1"}, {"raw 70003\n", "2026-06-01T02:03:04.124Z", ""}},
		},
		{
			"SLS", `{"__time__":"1780279384","__source__":"10.0.0.1","__topic__":"","content":"code=70001"}` + "\n",
			envelope.SLS,
			[]spot{{"code=70001\n", "2026-06-01T02:03:04Z", "10.0.0.1"}},
		},
		{
			"SLS answer", `{"meta":{"progress":"Complete"},"data":[{"__time__":1780279384,"__source__":"10.0.0.1","level":"ERROR","message":"a","code":"70001"}]}`,
			envelope.SLS,
			[]spot{{`{"message":"a","code":"70001"}` + "\n", "2026-06-01T02:03:04Z", "10.0.0.1"}},
		},
		{
			"Sentry", `{"event_id":"ab","timestamp":"` + at + `","server_name":"h","platform":"java","breadcrumbs":{"values":[{"timestamp":1780279380.5,"message":"login code=6208"},{"timestamp":1780279381,"data":{"code":9506}}]},` +
				`"exception":{"values":[{"type":"ImException","value":"code: 70001","stacktrace":{"frames":[{"module":"a.B","function":"c","filename":"B.java","lineno":7,"vars":{"code":"6014"}}]}}]},"extra":{"errorCode":70009}}` + "\n",
			envelope.Sentry,
			[]spot{
				{"login code=6208\n", "2026-06-01T02:03:00.5Z", "h"},
				{"{\"code\":9506}\n", "2026-06-01T02:03:01Z", "h"},
				{"ImException: code: 70001\n\tat a.B.c(B.java:7)\n{\"code\":\"6014\"}\n{\"extra\":{\"errorCode\":70009}}\n", at, "h"},
			},
		},
		{
			"Bugly", `{"crashId":"1","crashTime":"2026-06-01 10:03:04","expName":"IMError","expMessage":"code=70001","callStack":"at a\nat b"}` + "\n",
			envelope.Bugly,
			[]spot{{"IMError: code=70001\nat a\nat b\n", "2026-06-01 10:03:04.000", ""}},
		},
		{
			"Filebeat", `{"@timestamp":"` + at + `","@metadata":{"beat":"filebeat"},"message":"code=70001","host":{"name":"im-1"},"agent":{"type":"filebeat"}}` + "\n",
			envelope.Beats,
			[]spot{{"code=70001\n", at, "im-1"}},
		},
		{
			"Fluentd", `{"log":"code=70001\n","stream":"stdout","time":"` + at + `","kubernetes":{"host":"node-1","pod_name":"p"}}` + "\n",
			envelope.Fluent,
			[]spot{{"code=70001\n", at, "node-1"}},
		},
		{
			"Logstash with a trace", `{"@timestamp":"` + at + `","@version":"1","host":"h","message":"failed","stack_trace":"E: code=70001\n\tat a"}` + "\n",
			envelope.Logstash,
			[]spot{{"failed\nE: code=70001\n\tat a\n", at, "h"}},
		},
		{
			"CSV of CLS", "__TIMESTAMP__,__SOURCE__,__CONTENT__\n1780279384123,10.0.0.1,\"a \"\"ErrorCode\"\":70001\nb\"\n1780279384124,10.0.0.1,next\n",
			envelope.CSV,
			[]spot{{"a \"ErrorCode\":70001\nb\n", at, "10.0.0.1"}, {"next\n", "2026-06-01T02:03:04.124Z", "10.0.0.1"}},
		},
		{
			"CSV of Kibana", "\"@timestamp\",message,code\n\"Jun 1, 2026 @ 02:03:04.123\",\"a, b\",\n\"Jun 1, 2026 @ 02:03:05.123\",expired,70001\n",
			envelope.CSV,
			[]spot{{"a, b\n", "2026-06-01 02:03:04.123", ""}, {"expired\n{\"code\":\"70001\"}\n", "2026-06-01 02:03:05.123", ""}},
		},
		{
			"CSV without a message", "时间,user,错误码\r\n2026-06-01 02:03:04,u1,70001\r\n2026-06-01 02:03:05,u2,\"60,1\"\r\n",
			envelope.CSV,
			[]spot{{"2026-06-01 02:03:04\tu1\t错误码: 70001\n", "2026-06-01 02:03:04.000", ""}, {"2026-06-01 02:03:05\tu2\t60,1\n", "2026-06-01 02:03:05.000", ""}},
		},
		{
			"TSV", "time\tmessage\n1780279384\ta\n1780279385\tb\n",
			envelope.TSV,
			[]spot{{"a\n", "2026-06-01T02:03:04Z", ""}, {"b\n", "2026-06-01T02:03:05Z", ""}},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, got, report := unwrap(t, tc.in)
			if f != tc.format {
				t.Errorf("format %q, want %q", f, tc.format)
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(spot{})); diff != "" {
				t.Error(diff)
			}
			if report.Problem != "" {
				t.Errorf("problem: %s", report.Problem)
			}
			for n := range tc.in { // cut anywhere, it is read without harm
				cut := tc.in[:n]
				read(t, tc.format, strings.NewReader(cut))
			}
		})
	}
}
