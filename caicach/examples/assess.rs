//! Judges a facts file by the built-in plan: `cargo run --example assess -- facts.json 2025-01-15`.
use caicach::{Facts, Lang, Options, Plan, calendar::parse_iso};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (path, day) = (args.next().ok_or("facts file?")?, args.next().ok_or("day?")?);
    let facts = Facts::from_json(std::fs::read(path)?)?;
    let assessment = Plan::builtin()?.assess(&facts, &Options::on(parse_iso(&day)?))?;
    for finding in assessment.findings() {
        println!("{} [{}] {}", finding.rule(), finding.verdict(), finding.explanation(Lang::Vi));
    }
    Ok(())
}
