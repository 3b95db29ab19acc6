// Rapporteur reads news reports and keeps the record: who said what, to the
// character of the source.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit codes, beside 0.
const (
	exitMissing     = 1   // a source is missing, unreadable, unreachable; or the output cannot be written
	exitRefused     = 2   // a source is no report that can be read; or the command is used wrongly
	exitInterrupted = 130 // as shells say for SIGINT
)

// commands is the command line.
type commands struct {
	Read    readCommand    `cmd:"" help:"Read reports: who said what, to the character."`
	Record  recordCommand  `cmd:"" help:"Keep reports, and all that is read from them, in the record."`
	Search  searchCommand  `cmd:"" help:"Find statements, events and documents in the record."`
	Show    showCommand    `cmd:"" help:"Show a document, statement, event or actor of the record with its evidence."`
	Export  exportCommand  `cmd:"" help:"Write statements, events, actors or documents of the record for other programs."`
	Feed    feedCommand    `cmd:"" help:"Say which feeds are watched."`
	Watch   watchCommand   `cmd:"" help:"Poll the feeds, and keep what is new in them."`
	Stats   statsCommand   `cmd:"" help:"Count what the record holds."`
	Verify  verifyCommand  `cmd:"" help:"Prove the record: every span, hash and row."`
	Reread  rereadCommand  `cmd:"" help:"Read the record again with this version, and show what changes."`
	Decide  decideCommand  `cmd:"" help:"Say of a statement or event that it is right or wrong; reread keeps it."`
	Eval    evalCommand    `cmd:"" help:"Measure a component against annotated data."`
	Version versionCommand `cmd:"" help:"Say which version this is, and which weights it holds."`
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err *os.File
}

// usageError is a command used wrongly.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run runs the command line args and returns its exit code.
func run(args []string, std streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second ctrl-C ends the program at once

	var cli commands
	exited := -1
	file, err := readConfig()
	if err != nil {
		return fail(std.err, err)
	}
	parser, err := kong.New(&cli, kong.Name("rapporteur"),
		kong.Description("Read news reports and keep the record: who said what, on whose word, to the character."),
		kong.Writers(std.out, std.err), kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Resolvers(file),
		kong.Vars{"workers": strconv.Itoa(runtime.GOMAXPROCS(0)), "db": defaultDB()})
	if err != nil {
		return fail(std.err, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0: // help was asked for and has been printed
		return exited
	case err != nil:
		return fail(std.err, usage("%w; rapporteur --help tells how", err))
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(std); err != nil {
		return fail(std.err, err)
	}
	return 0
}

// fail says on one line what is wrong, and returns the exit code for it.
func fail(w io.Writer, err error) int {
	var told failures
	if !errors.As(err, &told) && !errors.Is(err, context.Canceled) {
		complain(w, err)
	}
	return codeOf(err)
}

// complain tells of an error on one line.
func complain(w io.Writer, err error) {
	fmt.Fprintln(w, "rapporteur:", strings.Join(strings.Fields(err.Error()), " "))
}

// codeOf is the exit code for err: what it says of itself, else 1.
func codeOf(err error) int {
	var coded interface{ ExitCode() int }
	var wrong usageError
	switch {
	case errors.As(err, &coded):
		return coded.ExitCode()
	case errors.As(err, &wrong):
		return exitRefused
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitMissing
}
