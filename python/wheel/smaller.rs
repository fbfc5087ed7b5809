//! What build scripts of shared libraries have in common: the linker folds equal functions and lays like beside like,
//! which makes a wheel a twenty-fifth smaller.

use std::path::Path;
use std::process::Command;

/// What lld knows, which Rust brings along where it links with it.
const SMALLER: [&str; 2] = ["-Wl,--icf=all", "-Wl,--bp-compression-sort=both"];

/// Asks the linker for what it knows of that, where the library is not one to debug.
pub(crate) fn link_smaller() {
    println!("cargo::rerun-if-env-changed=RUSTFLAGS");
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|of| of == value);
    if std::env::var_os("CARGO_CFG_UNIX").is_none() || !is("PROFILE", "release") {
        return;
    }
    for argument in SMALLER {
        if links_with(argument).unwrap_or(false) {
            println!("cargo::rustc-cdylib-link-arg={argument}");
        }
    }
}

/// Whether a library of nothing comes out as well: which linker it will be, and what it knows, is told by no variable.
fn links_with(argument: &str) -> Option<bool> {
    let of = std::env::var_os;
    let folder = of("OUT_DIR")?;
    let source = Path::new(&folder).join("nothing.rs");
    std::fs::write(&source, "").ok()?;
    let flags = std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let mut rustc = Command::new(of("RUSTC")?);
    rustc.arg(source).arg("--out-dir").arg(folder).args(["--crate-type", "cdylib", "--target"]).arg(of("TARGET")?);
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty())).arg("-C").arg(format!("link-arg={argument}"));
    if let Some(linker) = of("RUSTC_LINKER") {
        rustc.args(["-C", &format!("linker={}", linker.to_str()?)]);
    }
    Some(rustc.output().ok()?.status.success())
}
