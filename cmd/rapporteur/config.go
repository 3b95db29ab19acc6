package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/adrg/xdg"
	"github.com/alecthomas/kong"
)

// envConfig names the configuration file, if it is not the usual one.
const envConfig = "RAPPORTEUR_CONFIG"

// config is a configuration file: what a flag is where neither the command line
// nor the environment says. A key at the top holds for every command that has
// such a flag, one in the table of a command for that one.
type config struct {
	path string
	keys map[string]any
}

// readConfig reads the configuration file. None at the usual place is none.
func readConfig() (*config, error) {
	c := &config{path: os.Getenv(envConfig)}
	asked := c.path != ""
	if !asked {
		c.path = filepath.Join(xdg.ConfigHome, "rapporteur", "config.toml")
	}
	_, err := toml.DecodeFile(c.path, &c.keys)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !asked:
		return c, nil
	case err != nil:
		return nil, usage("%s: %w", c.path, err)
	}
	return c, nil
}

// Validate refuses keys that no flag has.
func (c *config) Validate(app *kong.Application) error {
	flags := map[string]map[string]bool{"": {}}
	for _, command := range app.Leaves(false) {
		name := command.FullPath()[len(app.Name)+1:]
		flags[name] = map[string]bool{}
		for _, group := range command.AllFlags(false) {
			for _, f := range group {
				flags[name][f.Name] = true
				flags[""][f.Name] = true
			}
		}
	}
	return check(c.path, c.keys, "", flags)
}

// check refuses keys of a table that no command of that name has.
func check(path string, table map[string]any, command string, flags map[string]map[string]bool) error {
	for _, key := range slices.Sorted(maps.Keys(table)) {
		inner, isTable := table[key].(map[string]any)
		name := key
		if command != "" {
			name = command + " " + key
		}
		switch {
		case isTable && (flags[name] != nil || key == "feed" || key == "eval"):
			if err := check(path, inner, name, flags); err != nil {
				return err
			}
		case isTable:
			return fmt.Errorf("%s: there is no command %q", path, name)
		case !flags[command][key]:
			return fmt.Errorf("%s: there is no flag --%s; rapporteur %s --help lists them", path, key, command)
		}
	}
	return nil
}

// Resolve is the value of a flag.
func (c *config) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if os.Getenv(env) != "" {
			return nil, nil //nolint:nilnil // the environment says it
		}
	}
	table := c.keys
	value := table[flag.Name]
	for _, p := range ctx.Path {
		if p.Command == nil {
			continue
		}
		inner, ok := table[p.Command.Name].(map[string]any)
		if !ok {
			break
		}
		if v, ok := inner[flag.Name]; ok {
			value = v
		}
		table = inner
	}
	if _, isTable := value.(map[string]any); isTable {
		return nil, nil //nolint:nilnil // a command of that name
	}
	return value, nil
}
