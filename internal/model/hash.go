package model

// Hash values are 64 bits. Templates combine the hashes of token attributes;
// no string is built for a feature.

const (
	mul1 = 0x9E3779B97F4A7C15
	mul2 = 0xD6E8FEB86659FD93
)

// HashString hashes s (FNV-1a, finished by Mix so that all bits are usable).
func HashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return Mix(h)
}

// Mix scrambles the bits of h.
func Mix(h uint64) uint64 {
	h ^= h >> 32
	h *= mul2
	h ^= h >> 32
	h *= mul2
	return h ^ h>>32
}

// Feature is the hash of template t over one value.
func Feature(t uint64, a uint64) uint64 { return Mix(a ^ (t+1)*mul1) }

// Feature2 is the hash of template t over two values, in order.
func Feature2(t uint64, a, b uint64) uint64 { return Mix((a^(t+1)*mul1)*mul2 + b) }

// Feature3 is the hash of template t over three values, in order.
func Feature3(t uint64, a, b, c uint64) uint64 {
	return Mix(((a^(t+1)*mul1)*mul2+b)*mul1 ^ c)
}
