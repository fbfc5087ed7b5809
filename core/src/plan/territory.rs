//! Which bodies belong to the plan's territory (địa bàn).

use time::Date;

use super::body::ReorganisationKind;
use super::lineage::Link;
use super::registry::{BodyIx, Registry};
use crate::order::{Map, Set};

/// The city, every body whose chain of parents leads to it, and what came of these. A body that facts add without a
/// parent belongs too, unless the plan has bodies of its kind outside the territory alone ("province", "outside").
pub(super) fn territory(registry: &Registry, after: &Map<BodyIx, Vec<Link>>, planned: usize) -> Set<BodyIx> {
    let mut inside: Set<BodyIx> = registry.city().into_iter().collect();
    spread(registry, after, &mut inside);
    let kind = |ix: BodyIx| registry.get(ix).map(|body| body.kind.as_str()).unwrap_or_default();
    let own: Set<&str> = inside.iter().map(|ix| kind(*ix)).collect();
    let listed = || registry.iter().filter(|(ix, _)| ix.index() < planned);
    let foreign: Set<&str> = listed()
        .filter(|(ix, _)| !inside.contains(ix))
        .map(|(ix, _)| kind(ix))
        .filter(|kind| !own.contains(kind))
        .collect();
    let made_elsewhere: Set<BodyIx> = leaving(after).map(|link| link.body).collect();
    let added = registry.iter().filter(|(ix, body)| {
        ix.index() >= planned
            && body.parent.is_none()
            && !foreign.contains(body.kind.as_str())
            && !made_elsewhere.contains(ix)
    });
    inside.extend(added.map(|(ix, _)| ix));
    spread(registry, after, &mut inside);
    inside
}

/// The links over which a body leaves the territory.
fn leaving(after: &Map<BodyIx, Vec<Link>>) -> impl Iterator<Item = &Link> {
    let leaves = |link: &&Link| matches!(link.kind, ReorganisationKind::Equitise | ReorganisationKind::Transfer);
    after.values().flatten().filter(leaves)
}

/// Adds children and successors until nothing more belongs.
fn spread(registry: &Registry, after: &Map<BodyIx, Vec<Link>>, inside: &mut Set<BodyIx>) {
    let mut children: Map<BodyIx, Vec<BodyIx>> = Map::new();
    for (ix, body) in registry.iter() {
        let Some(parent) = &body.parent else { continue };
        let (from, to) = (body.valid_from.unwrap_or(Date::MIN), body.valid_to.unwrap_or(Date::MAX));
        let on = body.valid_from.unwrap_or(to);
        let found = registry.by_id(parent.as_str());
        let found = found.or_else(|| registry.resolve(parent.as_str(), on, on).ok());
        let found = found.or_else(|| registry.resolve(parent.as_str(), from, to).ok());
        if let Some(parent) = found.filter(|parent| *parent != ix) {
            children.entry(parent).or_default().push(ix);
        }
    }
    let mut open: Vec<BodyIx> = inside.iter().copied().collect();
    while let Some(one) = open.pop() {
        let links = after.get(&one).map_or(&[][..], Vec::as_slice);
        let stays = |link: &&Link| !matches!(link.kind, ReorganisationKind::Equitise | ReorganisationKind::Transfer);
        let next = links.iter().filter(stays).map(|link| link.body);
        let next = next.chain(children.get(&one).into_iter().flatten().copied());
        open.extend(next.filter(|body| inside.insert(*body)).collect::<Vec<_>>());
    }
}
