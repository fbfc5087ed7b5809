//! Properties of the plan itself. They are read from the plan alone and never wait for facts.
//!
//! **One lead for each task**: the bodies to which its duties give the lead, each once however many duties it has. A group
//! of bodies leads as one only where it has one member.

use std::sync::Arc;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Subject, Unit, Verdict};
use super::subjects::span;
use super::{Judgement, judged};
use crate::order::InOrder;
use crate::plan::Plan;
use crate::plan::kind::{Property, Structure, SubjectKind};
use crate::plan::task::{DutyRole, Task};

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, structure: &Structure, out: &mut Vec<Finding>) {
    let Property::SingleLead = structure.property;
    let Some(period) = span(case, case.first_year()) else { return };
    for task in case.plan().tasks() {
        judged(case, rule, task_subject(task), period, |_| Some(single_lead(case.plan(), task)), out);
    }
}

/// A task as a subject: its id stands for it.
pub(super) fn task_subject(task: &Task) -> Arc<Subject> {
    let id: Arc<str> = (&task.id).into();
    Arc::new(Subject { kind: SubjectKind::Task, name: Arc::clone(&id), id })
}

/// The bodies that lead a task, by id; of a group with several members each, of one with none the group itself.
pub(super) fn leads(plan: &Plan, task: &Task) -> Vec<Arc<str>> {
    let named = task.duties.iter().filter(|duty| duty.role == DutyRole::Lead).flat_map(|duty| &duty.bodies);
    let registry = plan.registry();
    let mut leads: Vec<Arc<str>> = Vec::new();
    for name in named {
        let members = registry.members(name);
        let own = registry.by_id(name).filter(|_| members.is_empty());
        let before = leads.len();
        let bodies = members.iter().copied().chain(own).filter_map(|body| registry.get(body));
        leads.extend(bodies.map(|body| Arc::from(&body.id)));
        if leads.len() == before {
            leads.push(name.as_str().into());
        }
    }
    leads.order();
    leads.dedup();
    leads
}

fn single_lead(plan: &Plan, task: &Task) -> Judgement<'static> {
    let leads = leads(plan, task);
    // A group of which the plan names no member is nobody in particular.
    let bodies = leads.iter().filter(|lead| plan.registry().by_id(lead).is_some()).count();
    let one = bodies == 1 && leads.len() == 1;
    let mut judgement = Judgement::bare(if one { Verdict::Met } else { Verdict::NotMet });
    let away = i128::try_from(leads.len().abs_diff(1)).unwrap_or(i128::MAX).max(1);
    judgement.headroom = Some(Headroom { unit: Unit::Leads, value: HeadroomValue::Count(away) });
    judgement.measured = Some(Measured::Leads(leads));
    judgement.required = Some(Required::Exactly(1));
    judgement
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Plan, single_lead};
    use crate::rule::finding::{Measured, Verdict};

    /// The built-in plan with the bodies of its one-sentence duty of task I.6 replaced.
    #[track_caller]
    fn led_by(bodies: &str, expected: Verdict, leads: &[&str]) {
        let text = include_str!("../../data/plan-298.toml");
        let duty = "text = \"Phòng Nội vụ chủ trì tham mưu UBND thành phố thực hiện.\"\nrole = \"lead\"\nbodies = [\"phong_noi_vu\"]";
        assert_eq!(text.matches(duty).count(), 1);
        let text = text.replace(duty, &duty.replace("[\"phong_noi_vu\"]", bodies));
        let group = "[[body_group]]\nid = \"mot_co_quan\"\nnames = [\"một cơ quan\"]\nmembers = [\"phong_noi_vu\"]\n\n";
        let plan = Plan::from_toml(text.replacen("[[body_group]]\n", &format!("{group}[[body_group]]\n"), 1)).unwrap();
        let judgement = single_lead(&plan, plan.task("I.6").unwrap());
        assert_eq!(judgement.verdict, expected);
        let leads = leads.iter().map(|lead| (*lead).into()).collect();
        assert_eq!(judgement.measured, Some(Measured::Leads(leads)));
    }

    #[test]
    fn one_lead_is_one_body() {
        led_by(r#"["phong_noi_vu"]"#, Verdict::Met, &["phong_noi_vu"]);
        led_by(r#"["phong_noi_vu", "phong_y_te"]"#, Verdict::NotMet, &["phong_noi_vu", "phong_y_te"]);
    }

    #[test]
    fn a_group_leads_as_one_where_it_has_one_member() {
        led_by(r#"["mot_co_quan"]"#, Verdict::Met, &["phong_noi_vu"]);
        led_by(r#"["mot_co_quan", "phong_noi_vu"]"#, Verdict::Met, &["phong_noi_vu"]);
        led_by(r#"["truong_hoc"]"#, Verdict::NotMet, &["truong_hoc"]);
        let pilots = ["loc_tho", "phuong_sai", "tan_lap", "vinh_hiep", "vinh_phuong"];
        led_by(r#"["thi_diem_khu_dan_cu_dien_tu"]"#, Verdict::NotMet, &pilots);
    }
}
