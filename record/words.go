package record

import "strings"

// Words is the text that s spans.
func (r *Report) Words(s Span) string { return r.Document.Text[s.Start:s.End] }

// Speaker is who makes statement s: the actor, nil if the source is none, and
// its name or the words of the source, empty for nobody.
func (r *Report) Speaker(s *Statement) (*Actor, string) {
	if s.Source == nil {
		return nil, ""
	}
	if s.Source.Actor < 0 {
		return nil, r.Words(s.Source.Span)
	}
	a := &r.Actors[s.Source.Actor]
	if a.Name == "" {
		return a, r.Words(s.Source.Span)
	}
	return a, a.Name
}

// Content is the parts of what statement s says, joined with " … ".
func (r *Report) Content(s *Statement) string {
	parts := make([]string, len(s.Content))
	for i, c := range s.Content {
		parts[i] = r.Words(c)
	}
	return strings.Join(parts, " … ")
}

// ActorName is the name of an actor, or the words of its first mention.
func (r *Report) ActorName(actor int) string {
	switch a := &r.Actors[actor]; {
	case a.Name != "":
		return a.Name
	case len(a.Mentions) > 0:
		return r.Words(a.Mentions[0].Span)
	default:
		return a.ID
	}
}

// ActorNames is the names of actors.
func (r *Report) ActorNames(actors []int) []string {
	names := make([]string, len(actors))
	for i, a := range actors {
		names[i] = r.ActorName(a)
	}
	return names
}

// SpeakerName is the name of who makes statement s, as Speaker tells it.
func (r *Report) SpeakerName(s *Statement) string {
	_, name := r.Speaker(s)
	return name
}
