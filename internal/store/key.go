package store

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// Key tells one thing taken in from another.
type Key [sha256.Size]byte

// KeyOf is the key of bytes that were found: of the address that they stood at,
// their declared type, the bytes, and what was told beside them.
func KeyOf(address, mediaType string, b []byte, given *record.Document, extra map[string]string) Key {
	h := sha256.New()
	put(h, "found", address, mediaType, string(b), given.URL, given.Outlet, given.Title, given.Byline, given.Language)
	if t := given.Published; !t.IsZero() {
		put(h, t.UTC().Format(time.RFC3339Nano))
	}
	for _, k := range slices.Sorted(maps.Keys(extra)) {
		put(h, k, extra[k])
	}
	return Key(h.Sum(nil))
}

// KeyOfFailure is the key of what could not be had from origin, for that reason.
func KeyOfFailure(origin, reason string) Key {
	h := sha256.New()
	put(h, "failed", origin, reason)
	return Key(h.Sum(nil))
}

// put hashes values so that no two lists of them give the same bytes.
func put(h hash.Hash, values ...string) {
	var n [8]byte
	for _, v := range values {
		binary.LittleEndian.PutUint64(n[:], uint64(len(v)))
		h.Write(n[:])
		io.WriteString(h, v) //nolint:errcheck // a hash does not fail
	}
}
