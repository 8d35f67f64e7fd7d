package cli

import (
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// checked gives a room the checks.
func checked(*newsroom.Room) {}

// compared are the doubts that a comparison of the two documents finds.
func compared(translate.Translator, doc.Document, translate.Result) []doc.Flag { return nil }
