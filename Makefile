# Every verb a developer needs; `make` alone lists them. The steps that are
# more than a line stand in .ci, the pinned tools in .ci/versions.
include .ci/versions

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
# What the person's own language is; pictures and tests are English everywhere.
SPOKEN := $(filter-out C POSIX C.UTF-8,$(LANG))
export LANG := en_GB.UTF-8

LINTER := .cache/bin/golangci-lint-$(GOLANGCI_LINT)
PROGRAMS := ./cmd/cairn $(addprefix ./,$(wildcard cmd/cairn-desktop))

.PHONY: help run build gallery tour screen netns test race sim fuzz soak bench golden lint fmt generate cover check clean

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## set up what is missing, build, and start Cairn
	@.ci/setup run
	@$(MAKE) build
	@LANG=$(or $(SPOKEN),$(LANG)) .ci/start

build: ## build the programs into bin/
	go build -tags migrated_fynedo -o bin/ $(PROGRAMS)

test: ## all that must hold before a change lands: SEEDS=40 FUZZ_SECONDS=60
	@.ci/setup test
	@.ci/test

race: ## test the floors that start goroutines under the race detector
	@.ci/setup test
	@source .ci/packages; race

sim: SEED ?= 1
sim: SEEDS ?= 500
sim: ## play the simulations: SEEDS=500 of them, from SEED=1 on
	@source .ci/packages; simulate $(SEED) $(SEEDS)

fuzz: TIME ?= 30
fuzz: ## fuzz every target for TIME=30 seconds
	@.ci/fuzz each $(TIME:s=)

soak: TIME ?= 3600
soak: ## repeat tests, properties, simulations and fuzzing with new seeds for TIME=3600 seconds
	@.ci/setup test
	@.ci/soak $(TIME:s=)

bench: ## run every benchmark and hold it against docs/budgets.md: BENCH=. BENCHTIME=1s
	@.ci/bench

tour: ## write the pictures of the README, from the demo
	CGO_ENABLED=0 go run ./cmd/gallery -tour -out docs/pictures

screen: ## use the real window as a person does, by keyboard, under Xvfb
	@.ci/setup test
	xvfb-run -a -s "-screen 0 1600x1000x24" go test -count=1 -timeout 20m -tags "migrated_fynedo screen" ./cmd/cairn-desktop

netns: ## sync real laptops over bad cables, in network namespaces; Linux, as root
	@.ci/setup test
	@source .ci/packages; netns

gallery: ## draw every screen in every state into dist/gallery: ONLY=value
	CGO_ENABLED=0 go run ./cmd/gallery -only "$(ONLY)"

golden: ## accept what screens, commands and HTTP faces show now; look at the diff
	@.ci/golden

lint: ## the linter and nothing else
	@.ci/setup lint
	@$(LINTER) run ./...

fmt: ## format the code and order its imports
	@.ci/setup lint
	@$(LINTER) fmt ./...

generate: ## write again what is generated
	@go generate ./...

cover: ## how much of each package its tests and its users' tests run
	@.ci/cover

check: ## fmt, lint, race and generate; fails if one of them changed a file
	@.ci/check

clean: ## remove what was built; keep the tools
	rm -rf bin dist coverage.out .cache/fuzz/bin .cache/ready-* .cache/*.log
