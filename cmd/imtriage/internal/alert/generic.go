package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// The headers of a signed request.
const (
	headerTime = "X-Imtriage-Timestamp" // seconds since 1970
	headerSign = "X-Imtriage-Signature" // sha256= and the HMAC in hex
)

// generic posts the envelope. With a secret, HMAC-SHA256 is taken over the time, a full stop and the
// body: whoever checks the time too is safe from a replay.
var generic = dress{
	body: func(m *message) any { return m.envelope() },
	seal: func(o *outgoing, secret string, at time.Time) (err error) {
		if o.data, err = encode(o.body); err != nil {
			return err
		}
		stamp := strconv.FormatInt(at.Unix(), 10)
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(stamp + "."))
		mac.Write(o.data)
		o.header.Set(headerTime, stamp)
		o.header.Set(headerSign, "sha256="+hex.EncodeToString(mac.Sum(nil)))
		return nil
	},
}
