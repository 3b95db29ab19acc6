package record

import "strconv"

// AtLeast is r with only the statements whose confidence, rounded as the JSON
// rounds it, is at least c. Ids are given anew; a statement whose outer one
// is left out stands within the next one out that is kept.
func (r *Report) AtLeast(c float64) *Report {
	out := *r
	out.Statements = nil
	to := make([]int, len(r.Statements))
	for i := range r.Statements {
		to[i] = -1
		if hundredths(r.Statements[i].Confidence) >= hundredths(c) {
			to[i] = len(out.Statements)
			out.Statements = append(out.Statements, r.Statements[i])
		}
	}
	for i := range out.Statements {
		s := &out.Statements[i]
		s.ID = "S" + strconv.Itoa(i+1)
		outer := s.Within
		for range r.Statements { // as deep as a chain can be, should it ever close on itself
			if outer < 0 || to[outer] >= 0 {
				break
			}
			outer = r.Statements[outer].Within
		}
		s.Within = -1
		if outer >= 0 {
			s.Within = to[outer]
		}
	}
	return &out
}
