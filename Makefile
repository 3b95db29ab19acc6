# What one does with the project. `make` alone builds and tests it.

GO       ?= go
DATA     ?= ../shared/data
FUZZTIME ?= 10s
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
STEPS     = cluster syntax name statement confidence event
GOLANGCI  = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: all build test lint fuzz bench models cover cross

all: build test

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o rapporteur ./cmd/rapporteur

test:
	$(GO) test ./...

lint:
	test -z "$$(gofmt -l .)"
	$(GO) vet ./...
	$(GO) mod tidy -diff
	$(GO) run $(GOLANGCI) run

# Every fuzz target there is, for FUZZTIME each.
fuzz:
	GO="$(GO)" bash .ci/fuzz $(FUZZTIME)

# Ten runs, for benchstat: make bench > new.txt; benchstat old.txt new.txt
bench:
	$(GO) test -run='^$$' -bench=. -benchmem -count=10 ./...

# Rebuilds every weight from the data folder, in the order in which they build
# on each other. Each step embeds what the ones before it wrote.
models:
	for step in $(STEPS); do $(GO) run ./cmd/rapporteur-train -data $(DATA) -only $$step || exit 1; done

cover:
	$(GO) test -coverprofile=cover.out -coverpkg=./... ./...
	$(GO) tool cover -func=cover.out | tail -1

cross:
	for p in $(PLATFORMS); do echo $$p; \
		CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build -trimpath -ldflags='-s -w' -o dist/rapporteur-$${p%/*}-$${p#*/} ./cmd/rapporteur || exit 1; done
