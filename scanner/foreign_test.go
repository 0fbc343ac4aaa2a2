package scanner_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/scanner"
)

// foreignTemplates are lines of other systems. %d is a number of the IM catalog, so that every
// look-alike is as bad as it can be; %s is a stamp.
var foreignTemplates = []string{
	`192.0.2.7 - - [%s] "GET /api/orders/%d?page=%d HTTP/1.1" 200 %d "-" "Mozilla/5.0 (Windows NT 10.0)"`,
	`192.0.2.7 - - [%s] "POST /login HTTP/1.1" 502 %d "https://example.com/" "okhttp/4.12.0" rt=0.%d`,
	`%s [error] %d#%d: *%d connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://192.0.2.8:%d/x"`,
	`%s host sshd[%d]: Failed password for invalid user admin from 192.0.2.9 port %d ssh2`,
	`%s host kernel: [%d.%d] eth0: link down, code %d`,
	`%s host systemd[1]: app.service: Main process exited, code=exited, status=%d/FAILURE`,
	`%s host postfix/smtp[%d]: error: 550 user %d unknown`,
	`081109 203518 %d INFO dfs.DataNode$PacketResponder: PacketResponder %d for block blk_%d terminating`,
	`%s WARN dfs.DataNode: Exception in receiveBlock for block blk_%d java.io.IOException: error code %d`,
	`%s ERROR [http-nio-8080-exec-%d] c.e.o.OrderService - create order failed, code: %d`,
	`%s ERROR c.e.p.PayClient - pay failed code=%d, msg=balance not enough`,
	`%s WARN c.e.UserController - errorCode: %d, message: user name taken`,
	`java.sql.SQLException: error code %d at com.example.Db.query(Db.java:%d)`,
	`	at com.example.Service.call(Service.java:%d)`,
	`Caused by: java.net.ConnectException: Connection refused (errno %d)`,
	`{"level":"error","ts":%s,"msg":"rpc failed","code":%d,"duration_ms":%d}`,
	`{"code":%d,"message":"token expired","data":null}`,
	`{"errcode":%d,"errmsg":"invalid credential, rid: %d"}`,
	`{"errorCode": %d, "errorMessage": "Data not found."}`,
	`{"ret":%d,"msg":"ok"}`,
	`<Error><Code>%d</Code><Message>denied</Message></Error>`,
	`main.go:%d:%d: undefined: foo`,
	`src/app.ts(%d,%d): error TS%d: Cannot find name 'x'.`,
	`warning: unused variable: x [-Wunused] at lib.c:%d`,
	`[ERROR] Failed to execute goal on project app: error %d`,
	`make: *** [Makefile:%d: all] Error %d`,
	`npm ERR! code ELIFECYCLE errno %d`,
	`Compiled with %d errors in %dms`,
	`exit code %d`, `Process finished with exit code %d`,
	`ORA-%d: unique constraint violated`, `ERROR %d (HY000): Unknown error`,
	`SQLSTATE[HY000] [%d] Connection refused`,
	`Error: getaddrinfo failed:-3 db.example.com:%d`,
	`WebSocket closed code:%d reason: none`,
	`recv failed, error code: %d`, `WSAGetLastError=%d`, `connect error=%d`,
	`order %d failed %d times`, `took %dms, status: %d, retries: %d`,
	`I/JPush   (%d): onError code:%d`, `alipay resultStatus={%d};memo={}`, `[JMessage] login Code=%d`,
	`微信支付返回 %d`, `下单失败，错误码：%d`, `短信发送失败 code：%d`, `共 %d 条错误，报表 %d`,
	`%s INFO worker-%d processed %d rows`, `listening on 0.0.0.0:%d pid=%d`,
	`trace %d -> %d`, `user %d -> group %d`, `result: %d`, `reason: %d`, `E/libc (%d): error -%d`,
	`PlatformException(%d, camera, denied, null)`, `FlutterError(%d)`, `TypeError: (%d)`,
	`E0601 02:03:04.%d %d scheduler.go:%d] failed to bind: %d`,
	`level=error err_code=%d msg="upstream"`, `retcode=%d`, `errno: %d`, `return code %d`,
}

// foreign appends n lines of other systems.
func foreign(b *bytes.Buffer, n int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	var codes []int
	for _, e := range catalog.Builtin().Entries() {
		if e.Code > 0 {
			codes = append(codes, e.Code)
		}
	}
	stamp := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for range n {
		stamp = stamp.Add(time.Duration(r.IntN(900)) * time.Millisecond)
		t := foreignTemplates[r.IntN(len(foreignTemplates))]
		for i := 0; i < len(t); i++ {
			switch {
			case t[i] == '%' && t[i+1] == 'd':
				fmt.Fprint(b, codes[r.IntN(len(codes))])
				i++
			case t[i] == '%' && t[i+1] == 's':
				b.WriteString(stamp.Format([]string{"2006-01-02 15:04:05.000", "02/Jan/2006:15:04:05 -0700", "2006/01/02 15:04:05", "Jan _2 15:04:05"}[r.IntN(4)]))
				i++
			default:
				b.WriteByte(t[i])
			}
		}
		b.WriteByte('\n')
	}
}

// TestForeignLogs holds the promise of at most one false finding in a million lines, on the worst
// lines there are: only numbers that the catalog knows.
func TestForeignLogs(t *testing.T) {
	var b bytes.Buffer
	foreign(&b, 100_000, 7)
	var c collect
	src := scanner.NewReader(scanner.Input{Name: "foreign", Reference: reference, Zone: time.UTC}, &b)
	if err := (&scanner.Scanner{Extractor: builtin(t)}).Scan(t.Context(), []scanner.Source{src}, &c); err != nil {
		t.Fatal(err)
	}
	for i, f := range c.findings {
		if i < 20 {
			t.Errorf("line %d gives %d by %s: %s", f.Line, f.Code, f.Extractor, f.Text)
		}
	}
	if len(c.findings) > 20 {
		t.Errorf("and %d more", len(c.findings)-20)
	}
}
