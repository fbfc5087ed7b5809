#!/bin/sh
# Builds the C and C++ clients against an installed library and runs them: tests/clients/c/run.sh [PREFIX]
# Without PREFIX it makes one first, in build. Uses valgrind where it is installed.
set -eu
cd "$(dirname "$0")/../../.."
[ $# -gt 0 ] || ffi/stage.sh build
prefix=$(cd "${1:-build}" && pwd)
out=$prefix/clients
mkdir -p "$out"
facts=tests/clients/c/facts.json
strict="-O1 -g -Wall -Wextra -Werror -pedantic"

link="-L$prefix/lib -lcaicach -Wl,-rpath,$prefix/lib -pthread"
for client in findings checks views agenda lunar tally vector_runner; do
    # shellcheck disable=SC2086
    ${CC:-gcc} -std=c11 $strict -I"$prefix/include" "tests/clients/c/$client.c" -o "$out/$client" $link
done
# shellcheck disable=SC2086
${CXX:-g++} -std=c++17 $strict -I"$prefix/include" tests/clients/cpp/board.cpp -o "$out/board" $link
# shellcheck disable=SC2086
${CXX:-g++} -std=c++17 $strict -I"$prefix/include" tests/clients/cpp/views.cpp -o "$out/views-cpp" $link
# The header is C++ too, and the options begin the same there.
printf '#include <caicach.h>\ncaicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;\n' |
    ${CXX:-g++} -std=c++17 $strict -Wno-missing-field-initializers -I"$prefix/include" -x c++ -c - -o "$out/header.o"
# The static library, by what the pkg-config file says it needs.
native=$(sed -n 's/^Libs.private: //p' "$prefix/lib/pkgconfig/caicach.pc")
# shellcheck disable=SC2086
${CC:-gcc} -std=c11 $strict -I"$prefix/include" tests/clients/c/checks.c "$prefix/lib/libcaicach.a" -o "$out/checks-static" \
    -pthread $native

if command -v valgrind >/dev/null; then
    memory="valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible
        --errors-for-leak-kinds=definite,indirect,possible"
    # Where threads have been at work, the standard library keeps its handle of the main thread by a pointer into it.
    threaded="valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect
        --errors-for-leak-kinds=definite,indirect"
else
    memory=
    threaded=
fi
$memory "$out/checks"
$memory "$out/views"
$memory "$out/agenda" 2025-01-01 2025-12-31 loc_tho >"$out/agenda.ics"
"$out/checks-static"
$threaded "$out/tally" "$out/rows.csv"
$memory "$out/findings" "$facts" 2025-01-15 >"$out/findings.txt"
grep -q '^binding .*212/3.905' "$out/findings.txt"
$threaded "$out/board" "$facts" 2025-01-15 >"$out/board.txt"
$memory "$out/views-cpp" >"$out/views.txt"
$memory "$out/vector_runner" "$facts" 2025-01-15 late_denominator=due >"$out/assessment.json"
grep -q '"late_denominator":"due"' "$out/assessment.json"
status=0
"$out/vector_runner" "$facts" 2025-02-31 >"$out/error.json" 2>"$out/status.txt" || status=$?
test "$status" = 1 && grep -q '"path":"options.as_of"' "$out/error.json" && grep -qx options "$out/status.txt"
if command -v readelf >/dev/null && [ -e "$prefix/lib/libcaicach.so" ]; then
    readelf -d "$prefix/lib/libcaicach.so" | grep -q 'SONAME.*\[libcaicach\.so\.0\]'
    # What is exported is what the header declares, and nothing else.
    nm -D --defined-only "$prefix/lib/libcaicach.so" | sed 's/.* //' | sort >"$out/exported.txt"
    grep -o '\bcaicach_[a-z_0-9]*(' "$prefix/include/caicach.h" | tr -d '(' | sort -u >"$out/declared.txt"
    diff "$out/exported.txt" "$out/declared.txt"
    size=$(wc -c <"$prefix/lib/libcaicach.so")
    echo "libcaicach.so: $size bytes"
fi
echo "C and C++ clients: ok"
