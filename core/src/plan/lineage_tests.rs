//! Nha Trang's communes through two reorganisations, and every kind of event in a small registry.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use super::{Event, Lineage, Part};
use crate::calendar::parse_iso;
use crate::plan::Plan;
use crate::plan::body::{Body, ReorganisationKind};
use crate::plan::registry::{BodyIx, Registry};

fn day(text: &str) -> time::Date {
    parse_iso(text).unwrap()
}

fn ids(bodies: Vec<&Body>) -> Vec<String> {
    bodies.iter().map(|body| body.id.to_string()).collect()
}

#[test]
fn every_commune_of_2023_has_one_successor_and_the_wards_share_them_out() {
    let plan = Plan::builtin().unwrap();
    let (start, between, after) = (day("2023-01-13"), day("2025-01-01"), day("2026-01-01"));
    let communes = |on| plan.contents().body.iter().filter(move |body| body.kind == "commune" && body.in_force(on, on));
    assert_eq!([start, between, after].map(|on| communes(on).count()), [27, 22, 4]);
    for commune in communes(start) {
        for on in [between, after] {
            assert_eq!(plan.successors(commune.id.as_str(), on).len(), 1, "{}", commune.id);
        }
    }
    let mut shared_out = Vec::new();
    for ward in plan.territory(after) {
        let of = ids(plan.predecessors(ward.id.as_str(), start));
        assert!(of.iter().all(|id| ids(plan.successors(id, after)) == [ward.id.to_string()]));
        shared_out.extend(of);
    }
    let all: BTreeSet<String> = communes(start).map(|body| body.id.to_string()).collect();
    assert_eq!((shared_out.len(), shared_out.into_iter().collect::<BTreeSet<_>>()), (27, all));
}

#[test]
fn three_bodies_have_had_one_code() {
    let plan = Plan::builtin().unwrap();
    let bodies = plan.registry();
    let holders = [
        ("2024-10-31", "phuoc_tien"),
        ("2024-11-01", "tan_tien"),
        ("2025-06-30", "tan_tien"),
        ("2025-07-01", "phuong_nha_trang"),
    ];
    for (on, id) in holders {
        let found = bodies.resolve("22366", day(on), day(on)).unwrap();
        assert_eq!(bodies.get(found).unwrap().id.as_str(), id);
        assert_eq!(ids(plan.successors(id, day(on))), [id]);
    }
    // One led to the next, but the last came of four others too.
    assert_eq!(ids(plan.successors("phuoc_tien", day("2025-06-30"))), ["tan_tien"]);
    assert_eq!(
        ids(plan.predecessors("phuong_nha_trang", day("2025-06-30"))),
        ["loc_tho", "phuoc_hoa", "tan_tien", "van_thanh", "vinh_nguyen"]
    );
    assert_eq!(plan.predecessors("phuong_nha_trang", day("2024-10-31")).len(), 9);
}

#[test]
fn a_ward_that_takes_others_in_goes_on_as_itself() {
    let plan = Plan::builtin().unwrap();
    assert_eq!(ids(plan.predecessors("phuong_sai", day("2024-10-31"))), ["phuong_sai", "phuong_son"]);
    assert_eq!(ids(plan.predecessors("phuong_sai", day("2024-11-01"))), ["phuong_sai"]);
    assert_eq!(ids(plan.successors("phuong_son", day("2024-11-01"))), ["phuong_sai"]);
    let sai = plan.registry().by_id("phuong_sai").unwrap();
    assert_eq!(plan.lineage().ended(sai), Some(day("2025-07-01")));
}

#[test]
fn the_territory_is_the_city_and_after_it_its_wards() {
    let plan = Plan::builtin().unwrap();
    assert_eq!(ids(plan.territory(day("2025-06-30"))), ["nha_trang"]);
    assert_eq!(plan.territory(day("2030-12-31")).len(), 4);
    let belongs = |id: &str| plan.lineage().in_territory(plan.registry().by_id(id).unwrap());
    for id in ["nha_trang", "phong_noi_vu", "loc_tho", "tan_tien", "bac_nha_trang"] {
        assert!(belongs(id), "{id}");
    }
    for id in ["chi_cuc_thue", "so_noi_vu", "ubnd_tinh_khanh_hoa"] {
        assert!(!belongs(id), "{id}");
    }
}

/// A registry of bodies with these ids, the first the city, `(id, from, to)` by year; all without parent but the second.
fn registry(bodies: &[(&str, Option<&str>, Option<&str>)]) -> Registry {
    let body = |(i, (id, from, to)): (usize, &(&str, Option<&str>, Option<&str>))| Body {
        id: (*id).into(),
        kind: if i == 0 { "city" } else { "commune" }.into(),
        names: vec![format!("Đơn vị {id}")],
        name_en: None,
        code: None,
        valid_from: from.map(day),
        valid_to: to.map(day),
        parent: (i == 1).then(|| bodies[0].0.into()),
        source: None,
        note: None,
    };
    let all: Vec<Body> = bodies.iter().enumerate().map(body).collect();
    Registry::new(&all, &[], &bodies[0].0.into())
}

fn event(bodies: &Registry, date: &str, kind: ReorganisationKind, from: &[&str], to: &[&str]) -> Event {
    let find = |ids: &[&str]| ids.iter().map(|id| bodies.by_id(id).unwrap()).collect();
    Event { date: day(date), kind, from: find(from), to: find(to), shares: Vec::new() }
}

fn parts(lineage: &Lineage, body: BodyIx) -> Vec<(BodyIx, Part)> {
    lineage.after(body).iter().map(|link| (link.body, link.part)).collect()
}

#[test]
fn each_kind_carries_what_it_should() {
    use ReorganisationKind::{Dissolve, Equitise, Merge, Rename, Split, Transfer};
    let bodies = registry(&[
        ("city", None, None),
        ("a", None, Some("2024-06-30")),
        ("b", Some("2024-07-01"), None),
        ("c", None, None),
    ]);
    let [a, b, c] = ["a", "b", "c"].map(|id| bodies.by_id(id).unwrap());
    let of = |kind, to: &[&str]| {
        let one = event(&bodies, "2024-07-01", kind, &["a"], to);
        Lineage::new(&bodies, vec![one], bodies.len())
    };
    for kind in [Merge, Rename, Transfer] {
        let lineage = of(kind, &["b"]);
        assert_eq!(parts(&lineage, a), [(b, Part::Whole)], "{kind}");
        assert_eq!(lineage.ended(a), Some(day("2024-07-01")));
    }
    assert_eq!(parts(&of(Split, &["b", "c"]), a), [(b, Part::Undeclared), (c, Part::Undeclared)]);
    assert_eq!(parts(&of(Dissolve, &["b"]), a), [(b, Part::Nothing)]);
    assert_eq!(parts(&of(Dissolve, &[]), a), []);
    assert_eq!(parts(&of(Equitise, &["b"]), a), [(b, Part::Nothing)]);
    // What comes of a body of the territory belongs to it, unless it is sold or handed to another parent.
    for (kind, belongs) in
        [(Merge, true), (Rename, true), (Split, true), (Dissolve, true), (Equitise, false), (Transfer, false)]
    {
        assert_eq!(of(kind, &["b"]).in_territory(b), belongs, "{kind}");
    }
}

#[test]
fn a_known_event_is_not_added_twice_but_may_give_its_shares() {
    let bodies = registry(&[
        ("city", None, None),
        ("a", None, Some("2024-06-30")),
        ("b", Some("2024-07-01"), None),
        ("c", Some("2024-07-01"), None),
    ]);
    let split = event(&bodies, "2024-07-01", ReorganisationKind::Split, &["a"], &["b", "c"]);
    let base = Lineage::new(&bodies, vec![split.clone()], bodies.len());
    let [a, b, c] = ["a", "b", "c"].map(|id| bodies.by_id(id).unwrap());
    let shares = vec![(b, 60.into()), (c, 40.into())];
    let turned = Event { to: vec![c, b], shares, ..split };
    let more = base.extended(&bodies, vec![turned], bodies.len());
    assert_eq!(more.events().len(), 1);
    assert_eq!(parts(&more, a), [(b, Part::Percent(60.into())), (c, Part::Percent(40.into()))]);
}

#[test]
fn bodies_that_change_names_with_each_other_do_not_loop() {
    let bodies = registry(&[("city", None, None), ("a", None, None), ("b", None, None)]);
    let swap =
        [("a", "b"), ("b", "a")].map(|(x, y)| event(&bodies, "2024-07-01", ReorganisationKind::Rename, &[x], &[y]));
    let lineage = Lineage::new(&bodies, swap.to_vec(), bodies.len());
    let [a, b] = ["a", "b"].map(|id| bodies.by_id(id).unwrap());
    // Both are in force before and after, so each is itself and what came of it.
    assert_eq!(lineage.successors_on(&bodies, a, day("2024-08-01")), [a, b]);
    assert_eq!(lineage.predecessors_on(&bodies, a, day("2024-06-01")), [a, b]);
}
