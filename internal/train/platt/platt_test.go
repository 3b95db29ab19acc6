package platt

import (
	"encoding/binary"
	"math"
	"testing"
)

func TestFit(t *testing.T) {
	var data []Judged // at score s, s of 10 are right
	for s := 1; s < 10; s++ {
		for k := range 1000 {
			data = append(data, Judged{math.Log(float64(s) / float64(10-s)), k < 100*s})
		}
	}
	slope, offset := Fit(data)
	if math.Abs(slope-1) > 0.02 || math.Abs(offset) > 0.02 {
		t.Errorf("slope %g, offset %g, want 1 and 0", slope, offset)
	}
	steps := Steps(1, 0, 100, 100)
	at := func(k int) int32 { return int32(binary.LittleEndian.Uint32(steps[4*(k-1):])) }
	if len(steps) != 4*99 || at(50) != 0 || at(73) != 99 || at(27) != -99 {
		t.Errorf("%d bytes, steps at 27, 50, 73: %d, %d, %d", len(steps), at(27), at(50), at(73))
	}
}
