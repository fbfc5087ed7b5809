# What each target does is one line; what it needs it installs into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# What helpers of tests, benches and examples may do and the library may not.
TESTS_MAY = -A clippy::unwrap_used -A clippy::expect_used -A clippy::panic -A clippy::indexing_slicing \
	-A clippy::string_slice -A clippy::unreachable -A missing_docs -A unreachable_pub

# Where cargo puts what it builds.
TARGET = $(or $(CARGO_TARGET_DIR),target)
# On how many random fact sets the library and the second evaluator must agree.
CASES ?= 100000

.PHONY: demo test lint rust c wheel dist python spark agree second bench bench-tally big-csv mutants snapshots clean

## Builds everything and shows how Nha Trang stands (LANG_DEMO=en for English).
demo: wheel
	cargo run --quiet -p caicach --example board
	$(BIN)/python demo/three_lines.py

## Everything CI runs.
test: lint rust c python spark agree

lint:
	cargo fmt --all --check
	cargo clippy --quiet --workspace --features caicach/arrow -- -D warnings
	cargo clippy --quiet --workspace --all-targets --features caicach/arrow -- -D warnings $(TESTS_MAY)

rust:
	cargo test --workspace --features caicach/arrow --quiet
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --features caicach/arrow --no-deps --quiet

c: wheel
	tests/clients/c/run.sh
	$(BIN)/python tests/clients/c/vectors.py build

wheel: $(BIN)/maturin
	cd python && $(abspath $(BIN))/maturin develop --release --quiet

## The wheel as it is given away, in build/dist; maturin compresses harder only where it is told on the command line.
dist: $(BIN)/maturin
	cd python && $(abspath $(BIN))/maturin build --release --quiet --compression-level 9 --out $(abspath build/dist)

python: wheel
	$(BIN)/pip install --quiet --disable-pip-version-check -r python/requirements-test.txt
	$(BIN)/python -m pytest -q python/tests

## Tallies on Spark in local mode; needs Java 17. Apart, as pyspark is large.
spark: python
	$(BIN)/pip install --quiet --disable-pip-version-check -r python/requirements-spark.txt
	$(BIN)/python -m pytest -q python/tests/test_tally_spark.py

## A few cases of `second`, by the unoptimised build that the tests have made.
agree:
	cargo build --quiet --workspace --features caicach/arrow --example second
	$(PYTHON) tests/second/compare.py --program $(TARGET)/debug/examples/second --cases 1500

## The library against the second evaluator of tests/second.
second:
	cargo build --release --quiet -p caicach --example second
	nice $(PYTHON) tests/second/compare.py --program $(TARGET)/release/examples/second --cases $(CASES) --all-reached

$(BIN)/maturin: python/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check "maturin>=1.16,<2"
	touch $@

## Times beside the limits we set.
bench: bench-tally
	cargo bench --quiet -p caicach --bench limits
	cargo bench --quiet -p caicach --bench sensitivity

## Tallies beside polars, DuckDB, pyarrow and pandas on the same dossiers; GROWTH=1 shows 1, 10 and 50 million rows.
bench-tally: ROWS ?= 10000000
bench-tally: wheel
	$(BIN)/pip install --quiet --disable-pip-version-check -r python/requirements-test.txt
	$(BIN)/python tests/bench/tally.py --rows $(ROWS) $(if $(GROWTH),--growth)

## A CSV file of a gigabyte with every hundredth row broken, read in bounded memory, every broken row accounted for.
big-csv:
	mkdir -p build
	cargo run --quiet --release -p caicach --example big_csv -- write build/big.csv 1024
	cargo run --quiet --release -p caicach --example big_csv -- read build/big.csv 2
	rm build/big.csv

## Changes the code of the core (.cargo/mutants.toml says which), one change at a time, and tells which changes no test
## notices and no line of tests/mutants/explained.toml explains: more than an hour of one core. Goes on where it was stopped;
## SHARD=0/20 takes a part, FILES=rule/ the files whose path has that, AGAIN=missed,unreached what was missed before,
## SHOW=1 tells what those that are missed change, PLAIN=1 also builds alone those few that no switch can stand for.
mutants:
	cargo mutants --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-mutants
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/mutants/requirements.txt
	nice $(BIN)/python tests/mutants/run.py $(if $(PLAIN),--plain) $(if $(SHOW),--show) --shard $(or $(SHARD),0/1) --files "$(FILES)" --again "$(AGAIN)"

## Accepts changed texts after reading them.
snapshots:
	INSTA_UPDATE=always cargo test -p caicach --test texts

clean:
	rm -rf target $(VENV) build
