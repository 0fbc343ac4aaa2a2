//go:build outside

package serve_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long anything in a browser may take on a busy machine.
const patience = time.Minute

// A browser is a headless Chromium that is spoken to in the DevTools protocol, over pipes: JSON messages
// that end in a zero byte. It is a test's own reader of the page, and logs what the page complains of.
type browser struct {
	t       *testing.T
	in      io.Writer
	session string

	mu         sync.Mutex
	id         int
	answers    map[int]chan message
	complaints []string
}

type message struct {
	ID     int             `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// newBrowser starts a browser with one page, and ends it with the test.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	name, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install chromium to run the tests with the tag outside", err)
	}
	ctx, cancel := context.WithCancel(context.Background()) //nolint:usetesting // the browser outlives the test's context by its end
	cmd := exec.CommandContext(ctx, name, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--hide-scrollbars", "--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "about:blank")
	cmd.Env = append(os.Environ(), "TZ=UTC", "LANG=C.UTF-8")
	theirIn, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	b := &browser{t: t, in: in, answers: make(map[int]chan message)}
	read := make(chan struct{})
	go func() { defer close(read); b.listen(out) }()
	t.Cleanup(func() {
		b.command("Browser.close", nil)
		if err := cmd.Wait(); err != nil {
			t.Logf("the browser ends: %v", err)
		}
		cancel()
		in.Close()
		<-read
		out.Close()
	})
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

// listen reads what the browser says until it is gone.
func (b *browser) listen(out io.Reader) {
	for r := bufio.NewReader(out); ; {
		raw, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(raw[:len(raw)-1], &m); err != nil {
			continue
		}
		b.mu.Lock()
		switch m.Method {
		case "":
			if c := b.answers[m.ID]; c != nil {
				c <- m
				delete(b.answers, m.ID)
			}
		case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled":
			b.complaints = append(b.complaints, string(m.Params))
		case "Network.requestWillBeSent":
			var p struct{ Request struct{ URL string } }
			if json.Unmarshal(m.Params, &p) == nil && !strings.HasPrefix(p.Request.URL, "http://127.0.0.1:") && !strings.HasPrefix(p.Request.URL, "data:") {
				b.complaints = append(b.complaints, "request to "+p.Request.URL)
			}
		}
		b.mu.Unlock()
	}
}

// command sends a command and returns where its answer will come.
func (b *browser) command(method string, params any) chan message {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.id++
	answer := make(chan message, 1)
	b.answers[b.id] = answer
	m := map[string]any{"id": b.id, "method": method}
	if params != nil {
		m["params"] = params
	}
	if b.session != "" && !strings.HasPrefix(method, "Browser.") && !strings.HasPrefix(method, "Target.") {
		m["sessionId"] = b.session
	}
	raw, err := json.Marshal(m)
	if err == nil {
		_, err = b.in.Write(append(raw, 0))
	}
	if err != nil {
		answer <- message{Error: json.RawMessage(err.Error())}
	}
	return answer
}

func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	if err := b.try(method, params, result); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) try(method string, params, result any) error {
	select {
	case m := <-b.command(method, params):
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-time.After(patience):
		return fmt.Errorf("%s: no answer", method)
	}
}

// eval runs a script, waits for its promise, and returns its value.
func (b *browser) eval(script string) any {
	b.t.Helper()
	v, err := b.tryEval(script)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b *browser) tryEval(script string) (any, error) {
	var out struct {
		Result           struct{ Value any }
		ExceptionDetails json.RawMessage
	}
	err := b.try("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &out)
	if err == nil && out.ExceptionDetails != nil {
		err = fmt.Errorf("%s: %s", script, out.ExceptionDetails)
	}
	return out.Result.Value, err
}

// until waits until a condition of the page holds. A page that goes takes the wait with it: then the
// next one is asked.
func (b *browser) until(condition string) {
	b.t.Helper()
	script := fmt.Sprintf(`new Promise((done) => {
		const end = Date.now() + %d;
		const look = () => { let ok; try { ok = %s } catch { ok = false }; if (ok) done(true); else if (Date.now() > end) done(false); else setTimeout(look, 20); };
		look();
	})`, patience.Milliseconds()/2, condition)
	var got any
	var err error
	for range 3 {
		if got, err = b.tryEval(script); err == nil {
			break
		}
	}
	if err != nil || got != true {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.t.Fatalf("never: %s (%v)\ncomplaints: %q", condition, err, b.complaints)
	}
}

// open loads a page in a window of a size, light or dark.
func (b *browser) open(url, scheme string, width, height int) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
	b.call("Page.navigate", map[string]any{"url": url}, nil)
	b.until(`document.readyState === 'complete' && document.body.dataset.drawn`)
}

// shoot takes a picture of the whole page, kept in IMTRIAGE_SHOTS if that names a folder.
func (b *browser) shoot(name string) []byte {
	b.t.Helper()
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &shot)
	png, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	if dir := os.Getenv("IMTRIAGE_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
	return png
}

// quiet fails the test for what the page complained of: errors, breaches of the policy, foreign requests.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("the browser says: %s", c)
	}
	b.complaints = nil
}
