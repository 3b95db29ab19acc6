package feed

import (
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	zone := func(minutes int) *time.Location { return time.FixedZone("", minutes*60) }
	at := func(hour, minute, second int, zone *time.Location) time.Time {
		return time.Date(2025, 5, 6, hour, minute, second, 0, zone)
	}
	noon, day := at(14, 2, 7, time.UTC), at(0, 0, 0, time.UTC)
	for in, want := range map[string]time.Time{
		// RFC 822, RFC 1123, RFC 5322, and what is made of them
		"Tue, 06 May 2025 14:02:07 GMT":                                    noon,
		"Tue, 6 May 2025 14:02:07 GMT":                                     noon,
		"6 May 2025 14:02:07 UT":                                           noon,
		"06 May 25 14:02 Z":                                                at(14, 2, 0, time.UTC),
		"Tue, 06 May 2025 14:02:07 +0000 (UTC)":                            noon,
		"Tue, 06 May 2025 14:02:07 +0200":                                  at(14, 2, 7, zone(120)),
		"Tue, 06 May 2025 14:02:07 +02:00":                                 at(14, 2, 7, zone(120)),
		"Tue, 06 May 2025 14:02:07+0530":                                   at(14, 2, 7, zone(330)),
		"Tue, 06 May 2025 14:02:07 -0330":                                  at(14, 2, 7, zone(-210)),
		"Tue, 06 May 2025 14:02:07 EST":                                    at(14, 2, 7, zone(-300)),
		"Tue, 06 May 2025 14:02:07 EDT":                                    at(14, 2, 7, zone(-240)),
		"tue, 06 may 2025 14:02:07 pdt":                                    at(14, 2, 7, zone(-420)),
		"Tue, 06 May 2025 14:02:07 -0700 PDT":                              at(14, 2, 7, zone(-420)),
		"Tue, 06 May 2025 14:02:07 GMT+0100":                               at(14, 2, 7, zone(60)),
		"Tue, 06 May 2025 14:02:07 UTC+1":                                  at(14, 2, 7, zone(60)),
		"Tue, 06 May 2025 14:02:07GMT":                                     noon,
		"Tue,06 May 2025 14:02:07 GMT":                                     noon,
		"Tuesday, 06 May 2025 14:02:07 GMT":                                noon,
		"Tue, 06 Mai 2025":                                                 {},
		"Tue, May 6, 2025 14:02:07 GMT":                                    noon,
		"May 6th, 2025":                                                    day,
		"Tues., 6 May. 2025, 2:02:07 p.m. GMT":                             noon,
		"May 6, 2025 at 2:02:07 PM UTC":                                    noon,
		"6 May 2025 2 pm GMT":                                              at(14, 0, 0, time.UTC),
		"6 May 2025 12:02:07 am GMT":                                       at(0, 2, 7, time.UTC),
		"6 May 2025 14:02:07 PM GMT":                                       noon,
		"Tuesday, 06-May-25 14:02:07 GMT":                                  noon, // RFC 850
		"06-May-2025 14:02:07 GMT":                                         noon,
		"Tue May  6 14:02:07 2025 GMT":                                     noon,
		"Tue May  6 14:02:07 CEST 2025":                                    at(14, 2, 7, zone(120)), // C's date
		"Tue May 06 2025 14:02:07 GMT+0200 (Central European Summer Time)": at(14, 2, 7, zone(120)), // JavaScript
		"6 May 1995":      time.Date(1995, 5, 6, 0, 0, 0, 0, time.UTC),
		"6 May 95 EST":    time.Date(1995, 5, 6, 0, 0, 0, 0, zone(-300)),
		"29 Feb 2024 GMT": time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
		// ISO 8601, RFC 3339
		"2025-05-06":                            day,
		"20250506":                              day,
		"2025-5-6":                              day,
		"2025/05/06 14:02:07 Z":                 noon,
		"2025-05-06T14:02:07Z":                  noon,
		"2025-05-06t14:02:07z":                  noon,
		"2025-05-06T14:02Z":                     at(14, 2, 0, time.UTC),
		"2025-05-06T14:02:07.25Z":               noon.Add(250 * time.Millisecond),
		"2025-05-06T14:02:07.123456789999Z":     noon.Add(123456789),
		"2025-05-06T14:02:07,5+02:00":           at(14, 2, 7, zone(120)).Add(500 * time.Millisecond),
		"2025-05-06T14:02:07+0200":              at(14, 2, 7, zone(120)),
		"2025-05-06T14:02:07-05":                at(14, 2, 7, zone(-300)),
		"2025-05-06 14:02:07 +0200":             at(14, 2, 7, zone(120)),
		"2025-05-06 14:02:07 UTC":               noon,
		"20250506T140207Z":                      noon,
		"2025-05-06 14:02:07 +0000 UTC":         noon,
		" \n2025-05-06T14:02:07Z ":              noon,
		"6.5.2025":                              day,
		"06.05.2025 14:02:07 CEST":              at(14, 2, 7, zone(120)),
		"16/05/2025":                            time.Date(2025, 5, 16, 0, 0, 0, 0, time.UTC),
		"05/16/2025 2:02 PM EST":                time.Date(2025, 5, 16, 14, 2, 0, 0, zone(-300)),
		"05/05/2025":                            time.Date(2025, 5, 5, 0, 0, 0, 0, time.UTC),
		"2016-12-31T23:59:60Z":                  time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
		"Tue, 06 May 2025 14:02:07 GMT (a, (b)": noon,
		// what is no time, or could be another
		"": {}, "soon": {}, "Tuesday": {}, "14:02": {}, "May 2025": {}, "2025": {}, "6 May": {},
		"05/06/2025": {}, "05-06-2025": {}, "Tue, 06 May 2025 14:02:07 IST": {}, "Tue, 06 May 2025 14:02:07 XYZ": {},
		"30 Feb 2025": {}, "31 Apr 2025": {}, "2025-13-01": {}, "2025-00-10": {}, "2025-05-06T24:00:01Z": {}, "2025-05-06T14:62:00Z": {},
		"0001-01-01T00:00:00Z": {}, "1970-01-01T00:00:00Z": {}, "Thu, 01 Jan 1970 00:00:00 GMT": {}, "0000-00-00 00:00:00": {},
		"6 May 2025 7 May 2025": {}, "2025-05-06 2025-05-06": {}, "1746540127": {}, "2025-05-06T14:02:07+99:00": {},
		"6 May 2025 0 am": {}, "6 May 2025 14:02 am": {}, "٦ May 2025": {}, "6 May 2025 EST PST": {}, "99999999999999999999": {}, "2025-05-06T14:02:07+": {},
	} {
		got, _, ok := parseTime(in)
		if ok == want.IsZero() || !got.Equal(want) || ok && got.Format(time.RFC3339Nano) != want.Format(time.RFC3339Nano) {
			t.Errorf("%q: %v %v, want %v", in, got, ok, want)
		}
	}
	for in, want := range map[string]bool{"2025-05-06": true, "2025-05-06 14:02": false, "2025-05-06 14:02 GMT": true} {
		if _, zoned, _ := parseTime(in); zoned != want {
			t.Errorf("%q: zoned %v", in, zoned)
		}
	}
}
