//! Answers the second evaluator of `tests/second`: JSON lines in, one line of verdicts and ceilings out for each.
//!
//! In: `{facts, as_of, known_on?, readings, rules}`, rules being those wanted. Out: `{findings: [[rule, kind, id, from, to, verdict,
//! marks]], ceilings: [[id, year, scale, ceiling, provisional]]}` or `{error}`. The first argument is a
//! plan file; without it the built-in plan answers.
use std::io::{BufRead, Write};

use caicach::calendar::parse_iso;
use caicach::{Assessment, Facts, Finding, Options, Plan};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plan = match std::env::args().nth(1) {
        Some(path) => Plan::from_toml(&std::fs::read_to_string(path)?)?,
        None => Plan::builtin()?,
    };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let answer = match assess(&plan, &case) {
            Ok(assessment) => shown(&assessment, &case["rules"]),
            Err(error) => json!({ "error": error.to_string() }),
        };
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

fn assess(plan: &Plan, case: &Value) -> Result<Assessment, Box<dyn std::error::Error>> {
    let facts = Facts::from_json(case["facts"].to_string())?;
    let mut options = Options::on(parse_iso(case["as_of"].as_str().unwrap_or_default())?).alternatives(false);
    if let Some(day) = case["known_on"].as_str() {
        options = options.known_on(parse_iso(day)?);
    }
    for (key, option) in case["readings"].as_object().into_iter().flatten() {
        options = options.reading(key, option.as_str().unwrap_or_default());
    }
    Ok(plan.assess(&facts, &options)?)
}

fn shown(assessment: &Assessment, rules: &Value) -> Value {
    let wanted: Vec<&str> = rules.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let findings = assessment.findings().iter().filter(|finding| wanted.contains(&finding.rule().as_str()));
    let findings: Vec<Value> = findings
        .map(|f| {
            let (subject, period) = (f.subject(), f.period());
            json!([
                f.rule().as_str(),
                subject.kind.as_str(),
                &*subject.id,
                period.from().to_string(),
                period.to().to_string(),
                f.verdict().as_str(),
                marks(f)
            ])
        })
        .collect();
    let ceilings: Vec<Value> = assessment
        .ceilings()
        .iter()
        .map(|c| json!([&*c.subject().id, c.year(), c.scale().as_str(), c.ceiling().as_str(), c.provisional()]))
        .collect();
    json!({ "findings": findings, "ceilings": ceilings })
}

/// `r` for a year before the plan's first, `a` for an aspiration.
fn marks(finding: &Finding) -> &'static str {
    match (finding.retrospective(), finding.aspirational()) {
        (true, true) => "ra",
        (true, false) => "r",
        (false, true) => "a",
        (false, false) => "",
    }
}
