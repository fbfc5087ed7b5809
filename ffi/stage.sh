#!/bin/sh
# Builds libcaicach and lays it out under a prefix as an installed library: ffi/stage.sh [PREFIX], by default build.
#   lib/libcaicach.so.0.1.0 with its links, lib/libcaicach.a, include/, lib/pkgconfig/, lib/cmake/caicach/
# The prefix can be moved afterwards. `cargo cinstall -p caicach-ffi` does the like where cargo-c is installed.
set -eu
cd "$(dirname "$0")/.."
prefix=${1:-build}
target=${CARGO_TARGET_DIR:-target}

# Frame pointers make the library a thirtieth smaller: where a frame begins need not be tabled instruction by instruction.
cargo build --quiet --profile library -p caicach-ffi --config 'build.rustflags = ["-C", "force-frame-pointers=yes"]'
version=$(sed -n 's/^#define CAICACH_VERSION "\(.*\)"$/\1/p' include/caicach.h)
abi=$(sed -n 's/^#define CAICACH_ABI_VERSION //p' include/caicach.h)
# What a program that links the static library needs besides; the same for every Rust library on this system.
scratch=$(mktemp -d)
native=$(printf '' | rustc --crate-type staticlib --print native-static-libs --out-dir "$scratch" - 2>&1 |
    sed -n 's/^note: native-static-libs: //p')
rm -r "$scratch"

mkdir -p "$prefix/lib/pkgconfig" "$prefix/lib/cmake/caicach" "$prefix/include"
cp include/caicach.h include/caicach.hpp include/caicach_views.hpp include/caicach_plans.hpp \
    include/caicach_tally.hpp "$prefix/include/"
cp "$target/library/libcaicach_ffi.a" "$prefix/lib/libcaicach.a"
case $(uname -s) in
Darwin)
    shared=libcaicach.$version.dylib short=libcaicach.$abi.dylib plain=libcaicach.dylib
    cp "$target/library/libcaicach_ffi.dylib" "$prefix/lib/$shared"
    ;;
*)
    shared=libcaicach.so.$version short=libcaicach.so.$abi plain=libcaicach.so
    cp "$target/library/libcaicach_ffi.so" "$prefix/lib/$shared"
    ;;
esac
ln -sf "$shared" "$prefix/lib/$short"
ln -sf "$short" "$prefix/lib/$plain"

fill() {
    sed -e "s|@VERSION@|$version|g" -e "s|@SHARED@|$shared|g" -e "s|@SONAME@|$short|g" -e "s|@NATIVE@|$native|g" "$1" >"$2"
}
fill ffi/cmake/caicach-config.cmake.in "$prefix/lib/cmake/caicach/caicach-config.cmake"
fill ffi/cmake/caicach-config-version.cmake.in "$prefix/lib/cmake/caicach/caicach-config-version.cmake"
fill ffi/cmake/caicach.pc.in "$prefix/lib/pkgconfig/caicach.pc"
