// Package house holds the tests about the house itself: who imports whom, that every package says what it is, that generated
// files are fresh, and that nothing in the tree speaks of the machine it was written on. It has no code of its own.
package house
