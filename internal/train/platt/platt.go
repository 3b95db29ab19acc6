// Package platt fits confidences to scores (Platt 1999, with his smoothed
// targets) and stores them as steps over integers.
package platt

import (
	"encoding/binary"
	"math"
)

// Judged is a score and whether what has it is right.
type Judged struct {
	Score float64
	Right bool
}

// Fit fits P(right) = 1/(1+exp(-slope·score-offset)) by Newton's method.
func Fit(data []Judged) (slope, offset float64) {
	pos, neg, scale := 0.0, 0.0, 1.0
	for _, d := range data {
		if d.Right {
			pos++
		} else {
			neg++
		}
		scale = max(scale, math.Abs(d.Score))
	}
	hi, lo := (pos+1)/(pos+2), 1/(neg+2)
	a, b := 1.0, 0.0
	for range 50 {
		var ga, gb, haa, hab, hbb float64
		for _, d := range data {
			x, t := d.Score/scale, lo
			if d.Right {
				t = hi
			}
			p := 1 / (1 + math.Exp(-a*x-b))
			w := p * (1 - p)
			ga, gb = ga+(p-t)*x, gb+(p-t)
			haa, hab, hbb = haa+w*x*x, hab+w*x, hbb+w
		}
		haa, hbb = haa+1e-3, hbb+1e-3
		det := haa*hbb - hab*hab
		a -= (hbb*ga - hab*gb) / det
		b -= (haa*gb - hab*ga) / det
	}
	return a / scale, b
}

// Steps are the scores, in units of 1/scale, from which on the confidence is
// 1/n, 2/n, … (n-1)/n: n-1 int32, little endian.
func Steps(slope, offset, scale float64, n int) []byte {
	var out []byte
	for k := 1; k < n; k++ {
		p := float64(k) / float64(n)
		at := (math.Log(p/(1-p)) - offset) / slope * scale
		out = binary.LittleEndian.AppendUint32(out, uint32(int32(math.Round(at))))
	}
	return out
}
