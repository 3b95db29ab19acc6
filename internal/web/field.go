package web

import (
	"errors"
	"math"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// MaxRetryAfter is the longest wait that a server can ask of us.
const MaxRetryAfter = 24 * time.Hour

// retryAfter is what the header field of that name asks for: seconds or a date
// (RFC 9110, section 10.2.3), from now on. What is neither, or past, is 0.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.Trim(value, " \t")
	if value == "" || len(value) > maxFieldBytes {
		return 0
	}
	if strings.Trim(value, "0123456789") == "" {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil { // too large for 64 bits
			n = math.MaxInt64
		}
		return time.Duration(min(n, int64(MaxRetryAfter/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), MaxRetryAfter)
}

// mediaType takes a Content-Type apart (RFC 9110, section 8.3). One that
// cannot be read is none; parameters that cannot be read are left out.
func mediaType(contentType string) (mediaType, charset string) {
	mediaType, params, err := mime.ParseMediaType(contentType)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return "", ""
	}
	return mediaType, params["charset"]
}

// field is a header field that may be kept and sent again, or empty: one that
// is too long or holds control characters.
func field(value string) string {
	if len(value) > maxFieldBytes {
		return ""
	}
	for i := range len(value) {
		if b := value[i]; b < ' ' && b != '\t' || b == 0x7f {
			return ""
		}
	}
	return value
}
