package redact

import (
	"net/netip"
	"strings"
)

// Field redacts one named value of a record. Known keys are those of a finding: user, device,
// group_id and host by their own rules; sdkappid, msg_key, random, request_id, trace_id,
// http_status, cost_ms and version lose nothing but outright secrets; everything else, message
// and free x_… values among them, is [Redactor.Text].
func (r *Redactor) Field(key, value string) string {
	if r == nil || r.off || value == "" {
		return value
	}
	switch key {
	case "user":
		return r.User(value)
	case "device":
		return r.pseudonym(Device, value)
	case "group_id":
		return r.pseudonym(Group, value)
	case "host":
		return r.host(value)
	case "sdkappid", "msg_key", "random", "request_id", "trace_id", "http_status", "cost_ms", "version":
		return r.text(value, r.kinds&secretKinds, nil)
	}
	return r.Text(value)
}

func (r *Redactor) host(value string) string {
	name, port := value, ""
	if i := strings.LastIndexByte(value, ':'); i >= 0 && (strings.Count(value, ":") == 1 || value[i-1] == ']') {
		name, port = value[:i], value[i:]
	}
	if a, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		if !r.kinds.has(IP) || everyones(a) {
			return value
		}
		return "[ip]" + port
	}
	if r.kinds.has(Host) && !vendorHost(name) {
		return r.pseudonym(Host, name) + port
	}
	return r.Text(value)
}

// everyones reports whether an address says nothing about anybody.
func everyones(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsLoopback() || a.IsUnspecified() || a == netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// vendorHost reports whether a host is Tencent's own, which a ticket must name.
func vendorHost(name string) bool {
	name = strings.ToLower(name)
	for _, zone := range []string{"qcloud.com", "my-imcloud.com", "tim.qq.com", "tencent.com", "myqcloud.com", "tencentcs.com"} {
		if rest, ok := strings.CutSuffix(name, zone); ok && (rest == "" || rest[len(rest)-1] == '.') {
			return true
		}
	}
	return false
}

// ownHost reports whether a value is the name of a user's machine: neither an address, which
// the ip rule takes, nor the vendor's, nor the platform that the Web SDK prints as host.
func ownHost(name string) bool {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[:i]
	}
	switch strings.ToLower(name) {
	case "windows", "mac", "linux", "android", "ios", "iphone", "ipad", "unknown", "localhost":
		return false
	}
	_, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err != nil && !vendorHost(name)
}

// urlHost records the host of a URL whose authority begins at i.
func (x *scan) urlHost(i int) int {
	j := i
	for j < len(x.s) && (isWord(x.s[j]) || x.s[j] == '-' || x.s[j] == '.') {
		j++
	}
	if j == i || hasAt(x.s, j, "@") || markLen(x.s[i:j]) == j-i || !ownHost(x.s[i:j]) {
		return i
	}
	return x.emit(i, j, Host)
}
