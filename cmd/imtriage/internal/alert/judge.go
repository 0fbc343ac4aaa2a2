package alert

import (
	"encoding/json"
	"fmt"
	"time"
)

// A fate says what to do about an error behind HTTP 200. A code that is not listed is tried a few
// times.
type fate int

const (
	later fate = iota + 1 // somebody has to mend it there: alerts wait meanwhile
	slow                  // too many messages: wait for long enough
	fault                 // this message will never pass, another may
)

// pause is how long is waited after an answer that says "too many" without saying for how long.
const pauseWhenMany = time.Minute

// judgeCode makes an error of a code other than 0.
func judgeCode(name string, code int, msg string, fates map[int]fate) error {
	if code == 0 {
		return nil
	}
	t := &trouble{what: fmt.Sprintf("%s %d: %s", name, code, cut(msg, 200))}
	fate := fates[code]
	t.known = fate != 0
	switch fate {
	case later:
	case slow:
		t.wait = pauseWhenMany
	case fault:
		t.final = true
	default:
		t.answered = true
	}
	return t
}

// notOurs is the error of an answer that no such receiver gives, as from a proxy or a login page:
// nothing says that the message went anywhere.
func notOurs(answer []byte) error {
	return &trouble{what: fmt.Sprintf("the answer is none of such a receiver: %q", cut(string(answer), 120))}
}

// judgeErrcode reads an answer with errcode and errmsg.
func judgeErrcode(fates map[int]fate) func([]byte) error {
	return func(answer []byte) error {
		var a struct {
			Code *int   `json:"errcode"`
			Msg  string `json:"errmsg"`
		}
		if err := json.Unmarshal(answer, &a); err != nil || a.Code == nil {
			return notOurs(answer)
		}
		return judgeCode("errcode", *a.Code, a.Msg, fates)
	}
}
