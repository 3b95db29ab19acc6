package gazetteer

import "testing"

// BenchmarkLoad is what the first look-up of a process costs.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		load()
	}
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		Lookup("the United States")
	}
}
