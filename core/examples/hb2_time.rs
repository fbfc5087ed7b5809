use std::time::Instant;
use caicach::{Facts, Options, Plan, calendar::parse_iso};
fn main() {
    let facts = Facts::from_json(std::fs::read(std::env::args().nth(1).unwrap()).unwrap()).unwrap();
    let plan = Plan::builtin().unwrap();
    let o = Options::on(parse_iso("2025-01-15").unwrap());
    for _ in 0..5 {
        let t = Instant::now();
        let case = plan.prepare(&facts, &o).unwrap();
        let a = t.elapsed();
        let x = case.assess();
        println!("prepare {a:?} total {:?} findings {}", t.elapsed(), x.findings().len());
    }
}
