// Command dragoman is a newsroom in one program: it follows outlets abroad, translates their articles here, shows them to
// editors and publishes what their terms allow. This file only hands the arguments to package cli.
package main

import (
	"os"

	"github.com/dragoman-newsroom/dragoman/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
