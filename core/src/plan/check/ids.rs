//! No id stands for two things.

use super::report::Report;
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::order::Map;
use crate::plan::Contents;

pub(super) fn check(plan: &Contents, report: &mut Report<'_>) {
    let root = Path::Root;
    table(report, &root.key("section"), "id", plan.section.iter().map(|x| x.id.as_str()));
    table(report, &root.key("clause"), "id", plan.clause.iter().map(|x| x.id.as_str()));
    table(report, &root.key("group"), "id", plan.group.iter().map(|x| x.id.as_str()));
    table(report, &root.key("task"), "id", plan.task.iter().map(|x| x.id.as_str()));
    table(report, &root.key("body"), "id", plan.body.iter().map(|x| x.id.as_str()));
    table(report, &root.key("body_group"), "id", plan.body_group.iter().map(|x| x.id.as_str()));
    table(report, &root.key("scale"), "id", plan.scale.iter().map(|x| x.id.as_str()));
    table(report, &root.key("reading"), "key", plan.reading.iter().map(|x| x.key.as_str()));
    table(report, &root.key("rule"), "id", plan.rule.iter().map(|x| x.id().as_str()));
    let scales = root.key("scale");
    for (i, scale) in plan.scale.iter().enumerate() {
        let scale_at = scales.index(i);
        table(report, &scale_at.key("bands"), "id", scale.bands.iter().map(|band| band.id.as_str()));
    }
    let readings = root.key("reading");
    for (i, reading) in plan.reading.iter().enumerate() {
        let reading_at = readings.index(i);
        table(report, &reading_at.key("options"), "id", reading.options.iter().map(|option| option.id.as_str()));
    }
    group_or_body(plan, report);
    codes(plan, report);
}

/// Duties name bodies and groups alike, so a group may not have the id of a body.
fn group_or_body(plan: &Contents, report: &mut Report<'_>) {
    let bodies: Map<&str, usize> = plan.body.iter().enumerate().map(|(i, body)| (body.id.as_str(), i)).collect();
    let groups = Path::Root.key("body_group");
    for (i, group) in plan.body_group.iter().enumerate() {
        if let Some(body) = bodies.get(group.id.as_str()) {
            let message = format!("`{}` is also the id of body[{body}]", clip(group.id.as_str()));
            report.add(ProblemCode::DuplicateId, &groups.index(i).key("id"), message);
        }
    }
}

/// A code stands for one body at a time.
fn codes(plan: &Contents, report: &mut Report<'_>) {
    let mut holders: Map<&str, Vec<usize>> = Map::new();
    let bodies = Path::Root.key("body");
    for (i, body) in plan.body.iter().enumerate() {
        let Some(code) = &body.code else { continue };
        let earlier = holders.entry(code.as_str()).or_default();
        let other = earlier.iter().filter_map(|j| plan.body.get(*j)).find(|other| {
            other.valid_from.is_none_or(|from| body.valid_to.is_none_or(|to| from <= to))
                && body.valid_from.is_none_or(|from| other.valid_to.is_none_or(|to| from <= to))
        });
        if let Some(other) = other {
            let message = format!("the code {} belongs to `{}` in that time", clip(code), clip(other.id.as_str()));
            report.add(ProblemCode::Overlap, &bodies.index(i).key("code"), message);
        }
        earlier.push(i);
    }
}

/// Reports every id of a table that an earlier record has.
fn table<'i>(report: &mut Report<'_>, at: &Path<'_>, field: &str, ids: impl Iterator<Item = &'i str>) {
    let mut first: Map<&str, usize> = Map::new();
    for (i, id) in ids.enumerate() {
        if let Some(earlier) = first.get(id) {
            let message = format!("the id `{}` is that of {at}[{earlier}] already", clip(id));
            report.add(ProblemCode::DuplicateId, &at.index(i).key(field), message);
        } else {
            first.insert(id, i);
        }
    }
}

/// Reports every entry of a list of ids that stands in it already.
pub(super) fn list<'i>(report: &mut Report<'_>, at: &Path<'_>, ids: impl Iterator<Item = &'i str>) {
    let mut first: Map<&str, usize> = Map::new();
    for (i, id) in ids.enumerate() {
        if first.contains_key(id) {
            report.add(ProblemCode::DuplicateId, &at.index(i), format!("`{}` is in the list already", clip(id)));
        } else {
            first.insert(id, i);
        }
    }
}
