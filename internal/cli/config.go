package cli

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/config"
)

var configCommand = command{
	name: "config", args: "[--config F]", short: "every key of dragoman.toml with its comment",
	long: `Prints every key of the configuration with its comment and the value it has here. The output is a dragoman.toml:
write it into the data folder and change what you like.`,
	example: "dragoman config > dragoman.toml",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		file := fs.String("config", "", "`F`: another file than dragoman.toml in the data folder")
		return func(_ context.Context, args []string) error {
			if err := count(args, 0, 0, "nothing"); err != nil {
				return err
			}
			dir, err := a.dataDir("dragoman")
			if err != nil {
				return err
			}
			c, err := config.ReadAsWritten(dir, *file, a.getenv)
			if err != nil {
				return err
			}
			return config.Print(a.out, c)
		}
	},
}
