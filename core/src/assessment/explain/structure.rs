//! Sentences on the plan itself.

use crate::rule::finding::{Finding, Measured, Verdict};
use crate::text::Lang;
use crate::text::number::integer;

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let Some(Measured::Leads(leads)) = finding.measured() else { return None };
    let task = &finding.subject().name;
    let names = leads.iter().map(|id| {
        let group = || {
            let groups = &finding.plan().contents().body_group;
            groups.iter().find(|group| group.id.as_str() == id.as_ref())?.names.first().map(String::as_str)
        };
        finding.plan().body(id).map(crate::plan::body::Body::name).or_else(group).unwrap_or(id)
    });
    let names: Vec<&str> = names.take(SHOWN).collect();
    let listed = names.join(", ");
    let more = if leads.len() > SHOWN { ", ..." } else { "" };
    let count = integer(i128::try_from(leads.len()).unwrap_or(i128::MAX), lang);
    Some(match (finding.verdict(), leads.len(), lang) {
        (Verdict::Met, _, Lang::Vi) => format!("nhiệm vụ mục {task} giao cho một cơ quan chủ trì là {listed}"),
        (Verdict::Met, _, Lang::En) => format!("task {task} is given to one lead, {listed}"),
        (_, 0, Lang::Vi) => format!("nhiệm vụ mục {task} không giao cơ quan nào chủ trì, trong khi phải có đúng một"),
        (_, 0, Lang::En) => format!("task {task} is given to no lead, while it needs exactly one"),
        (_, 1, Lang::Vi) => format!("nhiệm vụ mục {task} giao cho {listed} chủ trì, không phải một cơ quan cụ thể"),
        (_, 1, Lang::En) => format!("task {task} is led by {listed}, which is not one body"),
        (_, _, Lang::Vi) => {
            format!("nhiệm vụ mục {task} giao cho {count} cơ quan chủ trì ({listed}{more}), trong khi chỉ được một")
        }
        (_, _, Lang::En) => {
            format!("task {task} is given to {count} leads ({listed}{more}), while it may have only one")
        }
    })
}

/// How many names a sentence holds.
const SHOWN: usize = 4;
