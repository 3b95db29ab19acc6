package statement

import (
	"encoding/binary"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"

	"github.com/rapporteur/rapporteur/internal/eval"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/reader"
)

// Calibrate fits the confidence of statements to our own annotated reports
// (Platt 1999, with his smoothed targets) and writes it into statement.bin. It
// reads the reports with the whole reader, so it comes last.
func Calibrate(reports, outDir string, log *slog.Logger) error {
	files, err := filepath.Glob(filepath.Join(reports, "*.ann"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no annotated reports in %s (%w)", reports, err)
	}
	r, err := reader.Open()
	if err != nil {
		return err
	}
	judged, err := eval.Judge(r, files)
	if err != nil {
		return err
	}
	f, err := model.Parse(weights.Statement)
	if err != nil {
		return err
	}
	slope, offset := platt(judged)
	log.Info("confidence", "statements", len(judged), "slope", slope, "offset", offset)
	if slope <= 0 {
		return fmt.Errorf("confidence: a higher score does not mean a better statement (slope %g)", slope)
	}
	var steps []byte
	for k := 1; k < 100; k++ {
		p := float64(k) / 100
		steps = binary.LittleEndian.AppendUint32(steps, uint32(int32(math.Round((math.Log(p/(1-p))-offset)/slope))))
	}
	f.Put("confidence", steps)
	b, err := f.Bytes()
	if err != nil {
		return err
	}
	return write(outDir, b)
}

func write(outDir string, b []byte) error {
	path := filepath.Join(outDir, "statement.bin")
	if err := os.WriteFile(path+".tmp", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// platt fits P(right) = 1/(1+exp(-slope·score-offset)) by Newton's method.
func platt(data []eval.Judged) (slope, offset float64) {
	pos, neg, scale := 0.0, 0.0, 1.0
	for _, d := range data {
		if d.Right {
			pos++
		} else {
			neg++
		}
		scale = max(scale, math.Abs(float64(d.Score)))
	}
	hi, lo := (pos+1)/(pos+2), 1/(neg+2)
	a, b := 1.0, 0.0
	for range 50 {
		var ga, gb, haa, hab, hbb float64
		for _, d := range data {
			x, t := float64(d.Score)/scale, lo
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
