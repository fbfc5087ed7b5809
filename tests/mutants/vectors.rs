//! The shared cases one by one, in the order that `CAICACH_CASES` gives, up to the first that fails.
//! Takes the place of `core/tests/vectors.rs` in the copy that holds all mutants.

mod common;

use std::time::Instant;

#[test]
fn every_vector_holds() {
    let builtin = caicach::Plan::builtin().unwrap();
    caicach::mutant::ends("start");
    let cases = common::cases("vectors");
    let order: Vec<usize> = match std::env::var("CAICACH_CASES") {
        Ok(list) => list.split_whitespace().map(|number| number.parse().unwrap()).collect(),
        Err(_) => (0..cases.len()).collect(),
    };
    for number in order {
        let (file, case) = &cases[number];
        println!("case {number}");
        let began = Instant::now();
        let wrong = common::check(&builtin, file, case);
        assert!(wrong.is_empty(), "{} {}: {wrong:?}", file.display(), case["name"]);
        caicach::mutant::ends(&format!("case {number} {}", began.elapsed().as_micros()));
    }
}
