//! x
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
use crate::plan::{BUILTIN, Plan};
#[test]
fn builtin() {
    let t = std::time::Instant::now();
    match Plan::from_toml(BUILTIN) { Ok(_) => println!("ok"), Err(e) => println!("{e}") }
    println!("{:?}", t.elapsed());
}
