package newsroom

import (
	"fmt"
	"runtime/debug"
)

// A Defect is a panic while a verb worked: a fault of this program, whatever it worked on. The same thing fails again until the program is another,
// so Final holds for it.
type Defect struct {
	Value any    // what the panic said
	Trace []byte // where it was
}

// Error says what failed, and what to do.
func (d *Defect) Error() string {
	return fmt.Sprintf("this program failed (panic: %.200s): that is a defect of dragoman, not of what it read; report it with the address, and try again with a later version",
		storable([]byte(fmt.Sprint(d.Value))))
}

// Guard calls f and returns what it returns; a panic of f is a *Defect.
func Guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Defect{Value: p, Trace: debug.Stack()}
		}
	}()
	return f()
}
