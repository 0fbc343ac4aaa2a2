package rules

import (
	"fmt"
	"slices"
)

// States lists all states in a fixed order.
func States() []State { return []State{Active, Cleared} }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *State) UnmarshalText(b []byte) error {
	if !slices.Contains(States(), State(b)) {
		return fmt.Errorf("unknown state %q, want one of %q", b, States())
	}
	*s = State(b)
	return nil
}

// Directions lists all directions in a fixed order.
func Directions() []Direction { return []Direction{Up, Down, Both} }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Direction) UnmarshalText(b []byte) error {
	if !slices.Contains(Directions(), Direction(b)) {
		return fmt.Errorf("unknown direction %q, want one of %q", b, Directions())
	}
	*d = Direction(b)
	return nil
}
