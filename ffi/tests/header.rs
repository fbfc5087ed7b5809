//! The committed header is the one that the crate gives, and the version numbers in it are the crate's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

/// The header as the crate gives it now.
fn made() -> String {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = cbindgen::Config::from_file(home.join("cbindgen.toml")).unwrap();
    let versions = [
        ("@VERSION@", env!("CARGO_PKG_VERSION")),
        ("@MAJOR@", env!("CARGO_PKG_VERSION_MAJOR")),
        ("@MINOR@", env!("CARGO_PKG_VERSION_MINOR")),
        ("@PATCH@", env!("CARGO_PKG_VERSION_PATCH")),
    ];
    let fill = |text: String, (place, value): (&str, &str)| text.replace(place, value);
    config.after_includes = config.after_includes.map(|text| versions.into_iter().fold(text, fill));
    // The order of the header is the order of use. Every file is named, so that none is forgotten: see the test below.
    let sources = ORDER.iter().map(|name| home.join("src").join(name));
    let builder = sources.fold(cbindgen::Builder::new().with_config(config), cbindgen::Builder::with_src);
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    String::from_utf8(header).unwrap()
}

const ORDER: &[&str] = &[
    "version.rs",
    "status.rs",
    "lang.rs",
    "verdict.rs",
    "text.rs",
    "error.rs",
    "plan.rs",
    "clause.rs",
    "rule.rs",
    "task.rs",
    "reading.rs",
    "facts.rs",
    "options.rs",
    "assessment.rs",
    "receipt.rs",
    "finding.rs",
    "ceiling.rs",
    "case.rs",
    "rating.rs",
    "task_state.rs",
    "progress.rs",
    "dependence.rs",
    "calendar.rs",
    "agenda.rs",
    "diff.rs",
    "verdict_changes.rs",
    "amendment.rs",
    "bodies.rs",
    "apportion.rs",
    "bytes.rs",
    "tally_options.rs",
    "tally.rs",
    "tally_csv.rs",
    "tally_arrow.rs",
    "groups.rs",
    "rejects.rs",
    "watch.rs",
];

#[test]
fn the_committed_header_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/caicach.h");
    let made = made();
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(made == committed, "include/caicach.h is old: UPDATE_HEADER=1 cargo test -p caicach-ffi --test header");
}

#[test]
fn every_exported_function_is_in_the_header() {
    let made = made();
    let mut exported = 0;
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if line != "#[unsafe(no_mangle)]" {
                continue;
            }
            let line = lines.next().unwrap();
            let name = line.split_once("extern \"C\" fn ").and_then(|(_, rest)| rest.split_once('(')).unwrap().0;
            assert!(name.starts_with("caicach_"), "{name}");
            assert!(made.contains(&format!("{name}(")), "{name} is not in the header");
            exported += 1;
        }
    }
    assert!(exported > 100);
}

#[test]
fn the_library_is_named_after_its_binary_interface() {
    let header = made();
    let number = header.lines().find_map(|line| line.strip_prefix("#define CAICACH_ABI_VERSION ")).unwrap();
    let script = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("build.rs")).unwrap();
    assert!(script.contains(&format!("const ABI_VERSION: u32 = {number};")));
}
