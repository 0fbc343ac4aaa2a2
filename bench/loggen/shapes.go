package main

// hits are the shapes in which apps and servers present a code, one line each.
var hits = []func(*generator){
	func(g *generator) { // native SDK
		code, text := g.code()
		g.put("TIM: ", g.tick(dotted), " E ", 28000+g.rng.IntN(64), "--", 1056966000+g.rng.IntN(999),
			"|-login.cpp:313  HandleA2D2OnlineResponse  |task_id:", g.rng.IntN(5000), "|error_code:", code, "|error_message:", text, "|userid:u_", g.user())
	},
	func(g *generator) { // end of a request in the native SDK
		code, text := g.code()
		g.put("TIM: ", g.tick(dotted), " I 28587-129|-core.cpp:88  LogRequestEnd  |Login failed|task_id:", g.rng.IntN(5000), "|error_code:", code,
			" error_message:", text, "|sdkappid:1400000123|userid:u_", g.user(), " tinyid: 0|time cost:", g.rng.IntN(30_000), "ms")
	},
	func(g *generator) { // REST answer in a Java log
		code, text := g.code()
		g.put(g.tick(comma), " ERROR [http-nio-8080-exec-", g.rng.IntN(32), "] c.e.im.ImClient - POST /v4/openim/sendmsg user=u_", g.user(),
			` answer {"ActionStatus":"FAIL","ErrorInfo":"`, text, `","ErrorCode":`, code, `} (`, g.rng.IntN(900), `ms)`)
	},
	func(g *generator) { // Go server
		code, text := g.code()
		g.put(g.tick(slash), " im.go:142: imsdk send to u_", g.user(), " failed: code=", code, ", msg=", text, " request_id=", g.hex(16))
	},
	func(g *generator) { // logcat of TUIKit
		code, text := g.code()
		g.put(g.tick("01-02 15:04:05.000"), " 24117 24160 E TUIKit-ChatPresenter: sendMessage error, code = ", code, ", desc = ", text)
	},
	func(g *generator) { // Flutter
		code, text := g.code()
		g.put(g.tick(iso), " flutter: V2TIM login u_", g.user(), " PlatformException(", code, ", ", text, ", null, null)")
	},
	func(g *generator) { // Chinese app log
		code, text := g.code()
		g.put(g.tick(dotted), " [ERROR] 即时通信 IM 用户 u_", g.user(), " 发送消息失败，错误码：", code, "，描述：", text)
	},
}

// noise are lines without a code, with numbers that could be one.
var noise = []func(*generator){
	func(g *generator) {
		g.put("10.0.", g.rng.IntN(255), ".", g.rng.IntN(255), " - - [", g.tick(access), `] "GET /api/v2/users/`, g.rng.IntN(130_000), `/feed HTTP/1.1" 200 `,
			g.rng.IntN(90_000), ` "-" "okhttp/4.9.3" rt=0.0`, g.rng.IntN(99))
	},
	func(g *generator) {
		g.put(g.tick(comma), " INFO  [worker-", g.rng.IntN(16), "] c.e.order.OrderService - order ", 60000+g.rng.IntN(40_000), " paid by u_", g.user(), " in ", g.rng.IntN(2000), " ms, trace ", g.hex(16))
	},
	func(g *generator) {
		g.put(`{"level":"info","ts":"`, g.tick(iso), `","caller":"feed/rank.go:`, g.rng.IntN(900), `","msg":"ranked","items":`, g.rng.IntN(500), `,"user":"u_`, g.user(), `","span":"`, g.hex(8), `"}`)
	},
	func(g *generator) {
		g.put(g.tick(slash), " cache.go:77: hit ratio 0.", g.rng.IntN(1000), " keys ", g.rng.IntN(100_000), " evicted ", g.rng.IntN(1000), " shard ", g.rng.IntN(64))
	},
	func(g *generator) {
		g.put("TIM: ", g.tick(dotted), " D 28587-", 20000+g.rng.IntN(9000), "|-conversation.cpp:", g.rng.IntN(900), "  OnRecvMessage  |seq:", g.rng.IntN(90_000), "|size:", g.rng.IntN(12_000))
	},
	func(g *generator) {
		g.put(g.tick(dotted), " DEBUG [grpc-", g.rng.IntN(8), "] message delivered to group @TGS#", g.hex(6), " members ", g.rng.IntN(2000), " cost ", g.rng.IntN(60), "ms")
	},
	func(g *generator) {
		g.put(g.tick(comma), ` INFO  [http-nio-8080-exec-`, g.rng.IntN(32), `] c.e.im.ImClient - answer {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1780300000} (`, g.rng.IntN(90), "ms)")
	},
}

// hex writes that many random bytes.
func (g *generator) hex(n int) []byte {
	const digits = "0123456789abcdef"
	b := make([]byte, 2*n)
	for i := range b {
		b[i] = digits[g.rng.IntN(16)]
	}
	return b
}
