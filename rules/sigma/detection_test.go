package sigma_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDetections(t *testing.T) {
	for _, tc := range []struct{ name, detection, want string }{
		{"equal", "s: {User: Bob}", "{fields:[{field:user,is:[Bob],ignore_case:true}]}"},
		{"a number", "s: {EventID: 4625}", "{fields:[{field:x_eventid,is:[4625],ignore_case:true}]}"},
		{"any value", "s: {api: [a, b]}", "{fields:[{field:api,is:[a,b],ignore_case:true}]}"},
		{"cased", "s: {api|cased: Login}", "{fields:[{field:api,is:[Login]}]}"},
		{"contains", "s: {api|contains: a}", "{fields:[{field:api,contains:[a],ignore_case:true}]}"},
		{"startswith", "s: {api|startswith: a}", "{fields:[{field:api,starts_with:[a],ignore_case:true}]}"},
		{"endswith, cased", "s: {api|endswith|cased: a}", "{fields:[{field:api,ends_with:[a]}]}"},
		{"all", "s: {api|contains|all: [a, b]}", "{fields:[{field:api,contains:[a],ignore_case:true},{field:api,contains:[b],ignore_case:true}]}"},
		{
			"wildcards at the ends", "s: {api: ['*a', 'b*', '*c*', '*d']}",
			"{any:[{fields:[{field:api,ends_with:[a,d],ignore_case:true}]},{fields:[{field:api,starts_with:[b],ignore_case:true}]},{fields:[{field:api,contains:[c],ignore_case:true}]}]}",
		},
		{
			"wildcards inside", "s: {api: 'a*b?c.', host|contains: 'x?y'}",
			`{fields:[{field:api,regex:[(?si)^a.*b.c\.$]},{field:host,regex:[(?si)x.y]}]}`,
		},
		{"wildcards inside, cased", "s: {api|endswith|cased: 'a*b'}", `{fields:[{field:api,regex:[(?s)a.*b$]}]}`},
		{"any value at all", "s: {api: '*'}", "{fields:[{field:api,exists:true}]}"},
		{"no value", "s: {api: ''}", "{fields:[{field:api,exists:false}]}"},
		{
			"escapes", `s: {api: ['\*a', 'b\\', 'C:\d', 'x\\*']}`,
			`{any:[{fields:[{field:api,is:[*a,b\,C:\d],ignore_case:true}]},{fields:[{field:api,starts_with:[x\],ignore_case:true}]}]}`,
		},
		{"exists", "s: {api|exists: false}", "{fields:[{field:api,exists:false}]}"},
		{"regular expression", "s: {api|re: '^log(in|out)$'}", "{fields:[{field:api,regex:[^log(in|out)$]}]}"},
		{"regular expression with flags", "s: {api|re|i|m|s: 'a.b'}", "{fields:[{field:api,regex:[(?ims)a.b]}]}"},
		{"networks", "s: {host|cidr: [10.0.0.0/8, '::1']}", "{fields:[{field:host,cidr:[10.0.0.0/8,::1]}]}"},
		{"numbers", "s: {cost_ms|gte: 500, http_status|lt: 400.5}", "{fields:[{field:cost_ms,number:500},{field:http_status,number:< 400.5}]}"},
		{"neq", "s: {api|neq: [a, b]}", "{not:{fields:[{field:api,is:[a,b],ignore_case:true}]}}"},
		{"codes", "s: {code: [6206, '70001-70016', web/3002, -10001]}", "{codes:[6206,70001-70016,web/3002,-10001]}"},
		{
			"codes and what else", "s: {code: 6206, family: SDK, class: error, topic: auth, category: sdk/account, user: a}",
			"{codes:[6206],categories:[sdk/account],topics:[auth],classes:[error],families:[sdk],fields:[{field:user,is:[a],ignore_case:true}]}",
		},
		{"codes by text", "s: {code|startswith: server/700}", "{fields:[{field:code,starts_with:[server/700],ignore_case:true}]}"},
		{"events", "s: {event: [kicked, x_own]}", "{events:[kicked,x_own]}"},
		{"a code and an event are never one record", "s: {code: 6206, event: kicked}", "{codes:[6206],all:[{events:[kicked]}]}"},
		{"keywords", "s: [Timeout, 'a*b']", `{any:[{fields:[{field:text,contains:[Timeout],ignore_case:true}]},{fields:[{field:text,regex:[(?si)a.*b]}]}]}`},
		{"keywords, all", "s: {'|all': [a, b]}", "{fields:[{field:text,contains:[a],ignore_case:true},{field:text,contains:[b],ignore_case:true}]}"},
		{"one keyword", "s: a", "{fields:[{field:text,contains:[a],ignore_case:true}]}"},
		{
			"a list of mappings", "s: [{api: a, host: h}, {api: b}, {event: kicked}]",
			"{any:[{fields:[{field:api,is:[a],ignore_case:true},{field:host,is:[h],ignore_case:true}]},{fields:[{field:api,is:[b],ignore_case:true}]},{events:[kicked]}]}",
		},
		{
			"names of fields", "s: {http.method: a, SourceIP: b, cs-uri-query: c, x_own: d, NTLMHash: e, 'IP2 Name': f}",
			"{fields:[{field:x_http_method,is:[a],ignore_case:true},{field:x_source_ip,is:[b],ignore_case:true},{field:x_cs_uri_query,is:[c],ignore_case:true}," +
				"{field:x_own,is:[d],ignore_case:true},{field:x_ntlm_hash,is:[e],ignore_case:true},{field:x_ip2_name,is:[f],ignore_case:true}]}",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := parse(t, "title: T\ndetection:\n  condition: s\n  "+tc.detection+"\n")
			if diff := cmp.Diff(tc.want, text(t, got[0].When.Select)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestConditions(t *testing.T) {
	const searches = `
  a: {event: connected}
  b1: {api: x}
  b2: {host: y}
  c: {code: 6206}
  _d: {user: z}
`
	const a, b1, b2, c = "{events:[connected]}", "{fields:[{field:api,is:[x],ignore_case:true}]}", "{fields:[{field:host,is:[y],ignore_case:true}]}", "{codes:[6206]}"
	for condition, want := range map[string]string{
		"a":                       a,
		"a and b1":                "{events:[connected],fields:[{field:api,is:[x],ignore_case:true}]}",
		"a or c":                  "{codes:[6206],events:[connected]}",
		"a or b1 and b2":          "{any:[" + a + ",{fields:[{field:api,is:[x],ignore_case:true},{field:host,is:[y],ignore_case:true}]}]}",
		"(a OR b1) AND b2":        "{fields:[{field:host,is:[y],ignore_case:true}],any:[" + a + "," + b1 + "]}",
		"c and not b1":            "{codes:[6206],not:" + b1 + "}",
		"c and not not b1":        "{codes:[6206],fields:[{field:api,is:[x],ignore_case:true}]}",
		"c and not 1 of b*":       "{codes:[6206],not:{any:[" + b1 + "," + b2 + "]}}",
		"not (b1 or b2) and c":    "{codes:[6206],not:{any:[" + b1 + "," + b2 + "]}}",
		"all of b*":               "{fields:[{field:api,is:[x],ignore_case:true},{field:host,is:[y],ignore_case:true}]}",
		"1 of them":               "{any:[" + strings.Join([]string{a, b1, b2, c}, ",") + "]}",
		"any of b*":               "{any:[" + b1 + "," + b2 + "]}",
		"[a, c]":                  "{codes:[6206],events:[connected]}",
		"not b1 and not b2":       "{all:[{not:" + b2 + "}],not:" + b1 + "}",
		"(a or b1) and (a or b2)": "{all:[{any:[" + a + "," + b2 + "]}],any:[" + a + "," + b1 + "]}",
	} {
		got := parse(t, "title: T\ndetection:"+searches+"  condition: "+condition+"\n")
		if diff := cmp.Diff(want, text(t, got[0].When.Select)); diff != "" {
			t.Errorf("%s: %s", condition, diff)
		}
	}
}
