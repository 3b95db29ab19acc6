package syntax

import (
	"syscall"
	"unsafe"
)

const (
	pageSize     = 4096
	madvHugepage = 14 // MADV_HUGEPAGE
)

// huge asks for large pages under s. Training looks up features all over a
// table of some hundred megabytes, and is bound by the misses of small pages.
func huge[T any](s []T) []T {
	var t T
	p := uintptr(unsafe.Pointer(unsafe.SliceData(s)))
	size := uintptr(cap(s)) * unsafe.Sizeof(t)
	skip := -p % pageSize
	if size < skip+pageSize {
		return s
	}
	b := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(s)), skip)), (size-skip)/pageSize*pageSize)
	_ = syscall.Madvise(b, madvHugepage) // only a hint
	return s
}
