//! What must hold of every apportionment, and the cases that decide between methods.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;

fn holders(posts: &[u64]) -> Vec<Holder> {
    posts.iter().enumerate().map(|(i, posts)| Holder::new(format!("b{i:02}"), *posts)).collect()
}

fn cuts(cut: u64, holders: &[Holder]) -> Vec<u64> {
    apportion(cut, holders).unwrap().lots().iter().map(Lot::cut).collect()
}

#[test]
fn largest_remainders_take_what_is_left() {
    // 7 of 21: quotas 3.33, 2.33, 1.33; all remainders equal, so the largest body gives one more.
    assert_eq!(cuts(7, &holders(&[10, 7, 4])), [4, 2, 1]);
    // Quotas 2.1, 2.1, 0.8.
    assert_eq!(cuts(5, &holders(&[42, 42, 16])), [2, 2, 1]);
}

#[test]
fn ties_go_to_more_posts_and_then_to_the_first_id() {
    assert_eq!(cuts(1, &holders(&[5, 5])), [1, 0]);
    assert_eq!(cuts(1, &[Holder::new("b", 5), Holder::new("a", 5)]), [0, 1]);
    // Quotas 0.5 and 1.5: equal remainders, the larger body first.
    assert_eq!(cuts(2, &holders(&[5, 15])), [0, 2]);
}

#[test]
fn floors_and_exemptions_shift_the_cut_to_the_others() {
    let with = [Holder::new("a", 50).keeping(48), Holder::new("b", 50), Holder::new("school", 900).exempt()];
    let found = apportion(20, &with).unwrap();
    assert_eq!(found.lots().iter().map(Lot::cut).collect::<Vec<_>>(), [2, 18, 0]);
    assert_eq!(
        found.lots().iter().map(Lot::because).collect::<Vec<_>>(),
        [Because::Floor, Because::Quota, Because::Exempt]
    );
    assert_eq!(found.lots()[0].left(), 48);
    // Who is exempt has no part in the cut.
    assert_eq!(found.lots()[2].quota(), Quota { numerator: 0, denominator: 1 });
    // One floor touched makes the next one touch.
    let chain = [Holder::new("a", 100).keeping(99), Holder::new("b", 100).keeping(88), Holder::new("c", 100)];
    assert_eq!(cuts(30, &chain), [1, 12, 17]);
    // A body below its floor already gives nothing.
    assert_eq!(cuts(3, &[Holder::new("a", 5).keeping(9), Holder::new("b", 9)]), [0, 3]);
}

#[test]
fn what_cannot_be_reached_is_an_error_that_says_by_how_much() {
    let with = [Holder::new("a", 10).keeping(8), Holder::new("b", 10).exempt()];
    assert_eq!(apportion(3, &with), Err(ApportionError::TooLittle { cut: 3, available: 2 }));
    assert_eq!(
        apportion(3, &with).unwrap_err().to_string(),
        "3 posts are to be cut, but floors and exemptions leave only 2"
    );
    assert_eq!(cuts(2, &with), [2, 0]);
    assert_eq!(apportion(1, &[]), Err(ApportionError::TooLittle { cut: 1, available: 0 }));
    assert!(apportion(0, &[]).unwrap().lots().is_empty());
    let twice = [Holder::new("a", 1), Holder::new("a", 2)];
    assert_eq!(apportion(1, &twice), Err(ApportionError::Duplicate { id: "a".into() }));
    let huge = [Holder::new("a", u64::MAX), Holder::new("b", 1).keeping(1)];
    assert_eq!(apportion(1, &huge), Err(ApportionError::TooLarge));
    assert_eq!(cuts(u64::MAX, &[Holder::new("a", u64::MAX)]), [u64::MAX]);
}

#[test]
fn the_alabama_paradox_is_there() {
    // A body may give fewer when the cut grows: this is the method's, not an error.
    let posts = [6, 6, 2];
    assert_eq!(cuts(10, &holders(&posts)), [4, 4, 2]);
    assert_eq!(cuts(11, &holders(&posts)), [5, 5, 1]);
}

#[test]
fn the_json_has_the_exact_quotas() {
    let json = apportion(1, &holders(&[2, 1])).unwrap().to_json();
    assert_eq!(
        json,
        "{\"cut\":1,\"lots\":[{\"id\":\"b00\",\"posts\":2,\"cut\":1,\"left\":1,\"quota\":{\"numerator\":2,\"denominator\":3},\
         \"because\":\"remainder\"},{\"id\":\"b01\",\"posts\":1,\"cut\":0,\"left\":1,\"quota\":{\"numerator\":1,\
         \"denominator\":3},\"because\":\"quota\"}]}"
    );
}

fn any_holders() -> impl Strategy<Value = Vec<Holder>> {
    let one = (0u64..60, 0u64..60, prop::bool::weighted(0.2), prop::bool::weighted(0.4));
    prop::collection::vec(one, 0..9).prop_map(|all| {
        let holder = |(i, (posts, floor, exempt, floored)): (usize, (u64, u64, bool, bool))| {
            let holder = Holder::new(format!("b{i}"), posts);
            let holder = if floored { holder.keeping(floor) } else { holder };
            if exempt { holder.exempt() } else { holder }
        };
        all.into_iter().enumerate().map(holder).collect()
    })
}

proptest! {
    #[test]
    fn the_sum_is_exact_and_no_floor_is_broken(holders in any_holders(), cut in 0u64..300) {
        let available: u64 = holders.iter().map(Holder::available).sum();
        match apportion(cut, &holders) {
            Err(error) => prop_assert_eq!(error, ApportionError::TooLittle { cut, available }),
            Ok(found) => {
                prop_assert!(cut <= available);
                prop_assert_eq!(found.lots().iter().map(Lot::cut).sum::<u64>(), cut);
                for (lot, holder) in found.lots().iter().zip(&holders) {
                    prop_assert!(lot.cut() <= holder.available());
                    prop_assert_eq!(lot.left() + lot.cut(), holder.posts);
                }
            }
        }
    }

    #[test]
    fn nobody_is_off_the_quota_by_a_whole_post(holders in any_holders(), cut in 0u64..300) {
        let Ok(found) = apportion(cut, &holders) else { return Ok(()) };
        for lot in found.lots() {
            let Quota { numerator, denominator } = lot.quota();
            let floor = u64::try_from(numerator / denominator).unwrap();
            let ceiling = u64::try_from(numerator.div_ceil(denominator)).unwrap();
            match lot.because() {
                Because::Quota => prop_assert_eq!(lot.cut(), floor),
                Because::Remainder => prop_assert!(lot.cut() == ceiling && ceiling == floor + 1),
                Because::Floor => prop_assert!(lot.cut() <= floor),
                Because::Exempt => prop_assert_eq!(lot.cut(), 0),
            }
        }
    }

    #[test]
    fn more_posts_never_give_fewer(posts in prop::collection::vec(0u64..200, 1..9), part in 0u64..=100) {
        let all: u64 = posts.iter().sum();
        let cut = all * part / 100;
        let found = cuts(cut, &holders(&posts));
        for (a, one) in posts.iter().zip(&found) {
            for (b, other) in posts.iter().zip(&found) {
                prop_assert!(a <= b || one >= other, "{:?} {:?}", posts, found);
            }
        }
    }

    #[test]
    fn the_order_of_the_list_is_all_one(holders in any_holders(), cut in 0u64..300, seed in any::<prop::sample::Index>()) {
        let Ok(found) = apportion(cut, &holders) else { return Ok(()) };
        let mut turned = holders.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = seed.index(turned.len());
            turned.rotate_left(by);
        }
        let mut there = found.lots().to_vec();
        let mut here = apportion(cut, &turned).unwrap().lots().to_vec();
        there.sort_by(|a, b| a.id.cmp(&b.id));
        here.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(there, here);
    }

    #[test]
    fn without_floors_it_is_hamiltons_by_brute_force(posts in prop::collection::vec(1u64..30, 1..6), cut in 0u64..60) {
        let all: u64 = posts.iter().sum();
        prop_assume!(cut <= all);
        let mut expected: Vec<u64> = posts.iter().map(|posts| posts * cut / all).collect();
        let mut order: Vec<usize> = (0..posts.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(posts[*i] * cut % all), std::cmp::Reverse(posts[*i]), *i));
        let left = usize::try_from(cut - expected.iter().sum::<u64>()).unwrap();
        order.into_iter().take(left).for_each(|i| expected[i] += 1);
        prop_assert_eq!(cuts(cut, &holders(&posts)), expected);
    }
}
