//go:build !linux

package syntax

// huge does nothing where large pages cannot be asked for.
func huge[T any](s []T) []T { return s }
