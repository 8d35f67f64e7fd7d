package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/dragoman-newsroom/dragoman/internal/config"
	"github.com/dragoman-newsroom/dragoman/internal/models"
)

// dataDir is the folder everything is kept in: --data, else $DRAGOMAN_DATA, else name under the user's data directory.
// It is made if it is not there.
func (a *app) dataDir(name string) (string, error) {
	dir := a.data
	if dir == "" {
		dir = a.getenv("DRAGOMAN_DATA")
	}
	if dir == "" {
		base, err := a.userData()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(base, name)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("the data folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the data folder: %w; name another by --data DIR", err)
	}
	return dir, nil
}

// userData is where a user's programs keep their data, by the custom of the system.
func (a *app) userData() (string, error) {
	home := a.getenv("HOME")
	switch {
	case a.getenv("XDG_DATA_HOME") != "":
		return a.getenv("XDG_DATA_HOME"), nil
	case runtime.GOOS == "windows" && a.getenv("LocalAppData") != "":
		return a.getenv("LocalAppData"), nil
	case home == "":
		return "", errors.New("there is no home directory to keep data in; name a folder by --data DIR")
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support"), nil
	}
	return filepath.Join(home, ".local", "share"), nil
}

// config reads the configuration of the data folder. file is --config; "" for the folder's own.
func (a *app) config(file string) (string, config.Config, error) {
	dir, err := a.dataDir("dragoman")
	if err != nil {
		return "", config.Config{}, err
	}
	c, err := config.Read(dir, file, a.getenv)
	return dir, c, err
}

// modelStore is the folder of models that a configuration names.
func modelStore(c config.Config) models.Store {
	return models.Store{Dir: c.Models.Dir, Check: checkModel}
}
