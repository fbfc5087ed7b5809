# What each target does is one line; what it needs it installs into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint rust c wheel python bench snapshots clean

## Builds everything and shows how Nha Trang stands (LANG_DEMO=en for English).
demo: wheel
	cargo run --release --quiet -p caicach --example board
	$(BIN)/python demo/three_lines.py

## Everything CI runs.
test: lint rust c python

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

rust:
	cargo test --workspace --quiet
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

c:
	tests/clients/c/run.sh

wheel: $(BIN)/maturin
	$(BIN)/maturin develop --release --quiet -m python/Cargo.toml

python: wheel
	$(BIN)/python -m pytest -q python/tests

$(BIN)/maturin: python/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check "maturin>=1.16,<2" -r python/requirements-test.txt
	touch $@

## Times beside the limits we set.
bench:
	cargo bench --quiet -p caicach --bench limits

## Accepts changed texts after reading them.
snapshots:
	INSTA_UPDATE=always cargo test -p caicach --test texts

clean:
	rm -rf target $(VENV) build
