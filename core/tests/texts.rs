//! The sentences of findings in both languages, for every rule and every verdict it can have.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[test]
fn dump() {
    let plan = caicach::Plan::builtin().unwrap();
    let mut seen = std::collections::BTreeMap::new();
    for (_, case) in common::cases("vectors") {
        let Ok(json) = common::assess(&plan, &case["facts"].to_string(), &case) else { continue };
        let d: serde_json::Value = serde_json::from_str(&json).unwrap();
        for p in case["expect"]["findings"].as_array().into_iter().flatten() {
            for f in d["findings"].as_array().unwrap() {
                if common::differences(p, f).is_empty() {
                    let m = &f["measured"];
                    let shape = if m.is_null() {"none"} else if m.get("low").is_some() {"interval"} else if m.get("whole").is_some() {"counts"} else if m.get("adjustment").is_some() {"stock"} else {"percent"};
                    let key = format!("{} {} {} s{} r{} c{}", f["rule"], f["verdict"], shape, f["sensitive_to"].as_array().unwrap().len(), f["retrospective"], f["subject"]["kind"]);
                    seen.entry(key).or_insert_with(|| format!("{}\n   {}\n   {}", case["name"], f["explanation"]["vi"].as_str().unwrap(), f["explanation"]["en"].as_str().unwrap()));
                }
            }
        }
    }
    for (k, v) in seen { println!("{k}: {v}"); }
}
