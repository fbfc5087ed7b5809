//! Names as real data have them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use unicode_normalization::UnicodeNormalization;

use super::{Registry, Unresolved};
use crate::calendar::{Period, parse_iso};
use crate::input::ProblemCode;
use crate::plan::body::{Body, BodyGroup};
use crate::plan::ids::BodyId;
use crate::plan::{BUILTIN, Contents};

fn contents() -> Contents {
    use crate::input::{Path, Problems};
    let mut out = Problems::default();
    let tree = crate::input::read_toml(BUILTIN.as_bytes(), &mut out).unwrap();
    crate::input::field::read(&tree, &Path::Root, &mut out).unwrap_or_else(|| panic!("{out}"))
}

fn builtin() -> Registry {
    let contents = contents();
    Registry::new(&contents.body, &contents.body_group, &contents.document.body)
}

fn body(id: &str, kind: &str, name: &str) -> Body {
    Body {
        id: id.into(),
        kind: kind.into(),
        names: vec![name.into()],
        name_en: None,
        code: None,
        valid_from: None,
        valid_to: None,
        parent: None,
        source: None,
        note: None,
    }
}

/// The id that a name means in a year or on a day, or what is wrong with it.
fn named(bodies: &Registry, name: &str, when: &str) -> String {
    let period = match when.parse::<i32>() {
        Ok(year) => Period::year(year).unwrap(),
        Err(_) => Period::day(parse_iso(when).unwrap()),
    };
    match bodies.resolve(name, period.from(), period.to()) {
        Ok(ix) => bodies.get(ix).unwrap().id.to_string(),
        Err(error) => format!("{}: {error}", error.code()),
    }
}

#[track_caller]
fn all(bodies: &Registry, when: &str, id: &str, names: &[&str]) {
    for name in names {
        assert_eq!(named(bodies, name, when), id, "{name} in {when}");
    }
}

#[test]
fn a_commune_is_found_by_every_usual_spelling() {
    let bodies = builtin();
    all(
        &bodies,
        "2024",
        "loc_tho",
        &[
            "loc_tho",
            " loc_tho ",
            "22363",
            "UBND phường Lộc Thọ",
            "Ủy ban nhân dân phường Lộc Thọ",
            "Uỷ ban Nhân dân Phường Lộc Thọ",
            "ỦY BAN NHÂN DÂN PHƯỜNG LỘC THỌ",
            "UBND P. Lộc Thọ",
            "UBND P.Lộc Thọ",
            "UBND  p Lộc Thọ",
            "P. Lộc Thọ",
            "P.Lộc Thọ",
            "phường Lộc Thọ",
            "UBND Lộc Thọ",
            "Lộc Thọ",
            "lộc thọ;",
            "UBND phường Lộc Thọ, TP. Nha Trang",
            "UBND phường Lộc Thọ, TP.Nha Trang",
            "UBND phường Lộc Thọ TP Nha Trang",
            "UBND phường Lộc Thọ, T.P. Nha Trang, tỉnh Khánh Hòa",
            "UBND phường Lộc Thọ, thành phố Nha Trang, Khánh Hoà",
            "UBND phường Lộc Thọ (TP. Nha Trang)",
            "UBND phường Lộc Thọ - Nha Trang",
            "P. Lộc Thọ – thành phố Nha Trang",
            "Lộc Thọ, Nha Trang",
            "Phường Lộc Thọ, thành phố",
        ],
    );
    let decomposed: String = "UBND phường Lộc Thọ".nfd().collect();
    all(&bodies, "2024", "loc_tho", &[&decomposed]);
    all(&bodies, "2024", "phuoc_hoa", &["Phước Hoà", "UBND phường Phước Hòa"]);
    all(&bodies, "2024", "phuoc_dong", &["UBND xã Phước Ðồng", "X. Phước Đồng", "xã Phước Ɖồng"]);
}

#[test]
fn a_name_that_says_the_kind_means_no_other_kind() {
    let bodies = builtin();
    all(&bodies, "2024", "vinh_luong", &["UBND xã Vĩnh Lương", "X.Vĩnh Lương", "Vĩnh Lương", "UBND Vĩnh Lương"]);
    for name in ["UBND phường Vĩnh Lương", "P. Vĩnh Lương", "thị trấn Vĩnh Lương", "TT. Vĩnh Lương", "TX Vĩnh Lương"]
    {
        assert!(named(&bodies, name, "2024").starts_with("unknown_reference"), "{name}");
    }
    // Another city's ward of that name is not ours, nor are bodies that only sound alike.
    for name in [
        "UBND phường Lộc Thọ, TP. Hồ Chí Minh",
        "Công an phường Lộc Thọ",
        "Đảng ủy phường Lộc Thọ",
        "HĐND phường Lộc Thọ",
        "Khánh Hòa, Lộc Thọ",
        "Thanh tra tỉnh",
        "phường Bắc, Nha Trang",
        "Lộc",
        "UBND",
        "phường",
        "",
        ", ",
        "99999",
    ] {
        assert!(
            named(&bodies, name, "2024").starts_with("unknown_reference"),
            "{name}: {}",
            named(&bodies, name, "2024")
        );
    }
}

#[test]
fn nha_trang_is_the_city_and_then_the_ward() {
    let bodies = builtin();
    let city = [
        "nha_trang",
        "UBND thành phố Nha Trang",
        "TP. Nha Trang",
        "TP.Nha Trang",
        "Tp Nha Trang",
        "thành phố Nha Trang",
        "Thành phố Nha Trang, tỉnh Khánh Hòa",
        "UBND thành phố",
        "UBND TP",
        "Ủy ban nhân dân thành phố",
        "thành phố",
    ];
    for when in ["2023", "2024", "2025", "2026", "2030", "2025-07-01"] {
        all(&bodies, when, "nha_trang", &city);
    }
    let ward = ["phường Nha Trang", "UBND phường Nha Trang", "P. Nha Trang", "phường Nha Trang, tỉnh Khánh Hòa"];
    all(&bodies, "2025", "phuong_nha_trang", &ward);
    all(&bodies, "2026", "phuong_nha_trang", &ward);
    assert_eq!(
        named(&bodies, "P. Nha Trang", "2024"),
        "not_in_force: `P. Nha Trang` names no body in force from 2024-01-01 to 2024-12-31, only `phuong_nha_trang` \
         (UBND phường Nha Trang, from 2025-07-01)"
    );
    let bare = ["Nha Trang", "NHA TRANG", "UBND Nha Trang"];
    all(&bodies, "2024", "nha_trang", &bare);
    all(&bodies, "2025-06-30", "nha_trang", &bare);
    all(&bodies, "2025-07-01", "phuong_nha_trang", &bare);
    all(&bodies, "2026", "phuong_nha_trang", &bare);
    assert_eq!(
        named(&bodies, "Nha Trang", "2025"),
        "ambiguous: `Nha Trang` names 2 bodies from 2025-01-01 to 2025-12-31: `nha_trang` (UBND thành phố Nha Trang, \
         until 2025-06-30), `phuong_nha_trang` (UBND phường Nha Trang, from 2025-07-01); write the id of the one that \
         is meant"
    );
}

#[test]
fn offices_are_found_with_and_without_the_city() {
    let bodies = builtin();
    all(
        &bodies,
        "2024",
        "phong_noi_vu",
        &[
            "Phòng Nội vụ",
            "Phòng Nội vụ thành phố",
            "Phòng Nội vụ TP",
            "Phòng Nội vụ TP Nha Trang",
            "Phòng Nội vụ TP.Nha Trang",
            "PHÒNG NỘI VỤ, THÀNH PHỐ NHA TRANG",
            "Phòng Nội vụ - Nha Trang",
        ],
    );
    all(
        &bodies,
        "2024",
        "phong_tai_chinh_ke_hoach",
        &[
            "Phòng Tài chính - Kế hoạch",
            "Phòng Tài chính – Kế hoạch",
            "Phòng Tài chính, Kế hoạch",
            "Phòng TC-KH",
            "Phòng TC - KH thành phố",
        ],
    );
    all(
        &bodies,
        "2024",
        "van_phong_hdnd_va_ubnd",
        &[
            "Văn phòng HĐND và UBND",
            "Văn phòng HĐND & UBND TP. Nha Trang",
            "Văn phòng HĐND&UBND",
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân thành phố Nha Trang",
        ],
    );
    all(&bodies, "2024", "thanh_tra_thanh_pho", &["Thanh tra TP. Nha Trang", "Thanh tra thành phố"]);
    all(&bodies, "2024", "cong_an_thanh_pho", &["Công an TP", "Công an TP. Nha Trang"]);
    all(&bodies, "2024", "thuong_truc_hdnd_thanh_pho", &["TT HĐND TP", "Thường trực HĐND TP. Nha Trang"]);
    all(&bodies, "2024", "ubnd_tinh_khanh_hoa", &["UBND tỉnh", "UBND tỉnh Khánh Hòa", "tỉnh Khánh Hoà", "Khánh Hòa"]);
    all(&bodies, "2024", "so_noi_vu", &["Sở Nội vụ", "Sở Nội vụ tỉnh Khánh Hòa"]);
    all(&bodies, "2024", "tinh_uy_khanh_hoa", &["Tỉnh ủy", "Tỉnh uỷ Khánh Hòa"]);
}

#[test]
fn only_abbreviations_that_the_plan_lists_are_known() {
    let bodies = builtin();
    assert!(named(&bodies, "VP HĐND và UBND", "2024").starts_with("unknown_reference"));
    assert!(named(&bodies, "HĐND thành phố", "2024").starts_with("unknown_reference"));
    assert!(named(&bodies, "Phòng Nội vụ", "2026").starts_with("not_in_force"));
}

#[test]
fn codes_and_names_are_used_again() {
    let bodies = builtin();
    all(&bodies, "2023", "phuoc_tien", &["22366", "Phước Tiến"]);
    all(&bodies, "2026", "phuong_nha_trang", &["22366"]);
    all(&bodies, "2025-01-01", "tan_tien", &["22366"]);
    assert_eq!(
        named(&bodies, "22366", "2024"),
        "ambiguous: `22366` names 2 bodies from 2024-01-01 to 2024-12-31: `phuoc_tien` (UBND phường Phước Tiến, \
         2004-07-08 to 2024-10-31), `tan_tien` (UBND phường Tân Tiến, 2024-11-01 to 2025-06-30); write the id of the \
         one that is meant"
    );
    assert!(
        named(&bodies, "22366", "2000").starts_with("not_in_force: `22366` names no body in force from 2000-01-01")
    );
    assert_eq!(
        named(&bodies, "phuoc_tan", "2024-11-01"),
        "not_in_force: `phuoc_tan` names no body in force on 2024-11-01, only `phuoc_tan` (UBND phường Phước Tân, \
         2004-07-08 to 2024-10-31)"
    );
    all(&bodies, "2024", "phuoc_tan", &["Phước Tân", "phuoc_tan"]);
    assert!(named(&bodies, "Phước Tân", "2025").starts_with("not_in_force"));
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    let bodies = builtin();
    for (name, near) in [
        ("UBND phường Lộc Tho", "UBND phường Lộc Thọ"),
        ("phuong phuoc dong", "UBND xã Phước Đồng"),
        ("Phòng Tư Phap", "Phòng Tư pháp"),
        ("UBND phường Vinh Hai, TP. Nha Trang", "UBND phường Vĩnh Hải"),
    ] {
        let expected = format!("no body bears the name `{name}`; did you mean `{near}`?");
        assert_eq!(named(&bodies, name, "2024"), format!("unknown_reference: {expected}"));
    }
    assert_eq!(named(&bodies, "Hà Nội", "2024"), "unknown_reference: no body bears the name `Hà Nội`");
    let endless = "x".repeat(1_000_000);
    assert!(named(&bodies, &endless, "2024").len() < 200);
}

#[test]
fn a_name_said_more_fully_wins() {
    let city = BodyId::from("a");
    let mut town = body("a", "city", "UBND thành phố An");
    town.names.push("An".into());
    let bodies = Registry::new(&[town, body("b", "other", "An"), body("c", "commune", "Bình")], &[], &city);
    // The name to show, said as it is.
    all(&bodies, "2024", "b", &["An", "AN."]);
    all(&bodies, "2024", "a", &["TP. An", "UBND An"]);
    // A plan that lists bare names takes any kind.
    all(&bodies, "2024", "c", &["Bình", "phường Bình", "UBND xã Bình", "P. Bình, TP. An", "c"]);
}

#[test]
fn wards_may_be_numbers() {
    let bodies = Registry::new(&[body("p1", "commune", "UBND phường 1")], &[], &BodyId::from("x"));
    all(&bodies, "2024", "p1", &["p1", "P1", "P.1", "P. 01", "phường 01", "UBND P1", "UBND Phường 1"]);
    assert_eq!(bodies.city(), None);
}

#[test]
fn facts_add_bodies_and_handles_stay() {
    let bodies = builtin();
    let school = body("truong_a", "service_unit", "Trường Tiểu học A");
    let more = bodies.extended(std::slice::from_ref(&school)).unwrap();
    assert_eq!(more.len(), bodies.len() + 1);
    assert_eq!(named(&more, "Trường tiểu học A", "2024"), "truong_a");
    assert!(named(&bodies, "Trường tiểu học A", "2024").starts_with("unknown_reference"));
    let ix = bodies.by_id("loc_tho").unwrap();
    assert_eq!(more.get(ix).unwrap().id.as_str(), "loc_tho");
    let added = more.by_id("truong_a").unwrap();
    assert_eq!(added.index(), bodies.len());
    assert!(bodies.get(added).is_none());
    assert!(more.in_group(added, "don_vi_su_nghiep") && more.in_group(added, "co_quan_don_vi"));
    assert!(!more.in_group(added, "ubnd_cap_xa") && !more.in_group(added, "no_such_group"));
    assert_eq!(more.city(), bodies.city());
    let again = [body("truong_b", "school", "B"), school, body("loc_tho", "x", "y"), body("truong_b", "school", "B")];
    let refused: Vec<(usize, String)> =
        more.extended(&again).unwrap_err().into_iter().map(|d| (d.index, d.id.to_string())).collect();
    assert_eq!(refused, [(1, "truong_a".into()), (2, "loc_tho".into()), (3, "truong_b".into())]);
    // A new province is known at the end of names too.
    let moved = bodies.extended(&[body("dak_lak", "province", "UBND tỉnh Đắk Lắk")]).unwrap();
    all(&moved, "2024", "loc_tho", &["UBND phường Lộc Thọ, tỉnh Đắk Lắk"]);
}

#[test]
fn groups_select_by_member_or_by_kind() {
    let bodies = builtin();
    let ids = |group: &str| -> Vec<String> {
        let members = bodies.group(group).unwrap();
        members.map(|ix| bodies.get(ix).unwrap().id.to_string()).collect()
    };
    assert_eq!(
        ids("thi_diem_khu_dan_cu_dien_tu"),
        ["phuong_sai", "loc_tho", "tan_lap", "vinh_phuong", "vinh_hiep"],
        "in the order of the bodies"
    );
    assert_eq!(ids("ubnd_cap_xa").len(), 32);
    assert_eq!(ids("truong_hoc"), [""; 0]);
    assert!(bodies.group("nobody").is_none());
    assert!(bodies.group_has("ubnd_cap_xa", &"loc_tho".into()));
    assert!(!bodies.group_has("ubnd_cap_xa", &"phong_noi_vu".into()));
    assert!(!bodies.group_has("nobody", &"loc_tho".into()) && !bodies.group_has("ubnd_cap_xa", &"nobody".into()));
    let both = BodyGroup {
        id: "both".into(),
        names: vec![],
        name_en: None,
        members: vec!["b".into(), "a".into(), "a".into(), "none".into()],
        kinds: vec!["x".into()],
        note: None,
    };
    let two = Registry::new(&[body("a", "x", "A"), body("b", "y", "B")], &[both], &"a".into());
    assert_eq!(two.group("both").unwrap().count(), 2);
}

#[test]
fn every_display_name_alias_and_code_of_the_plan_names_its_body() {
    let bodies = builtin();
    for (ix, body) in bodies.iter() {
        let from = body.valid_from.unwrap_or(parse_iso("2023-01-13").unwrap());
        let code = body.code.iter();
        for name in body.names.iter().chain(code).map(String::as_str).chain([body.id.as_str()]) {
            assert_eq!(bodies.resolve(name, from, from), Ok(ix), "{name}");
        }
    }
}

#[test]
fn hostile_numbers_of_candidates_do_not_lengthen_the_message() {
    let many: Vec<Body> = (0..5000).map(|i| body(&format!("b{i}"), "x", "Một tên")).collect();
    let bodies = Registry::new(&many, &[], &"b0".into());
    let day = parse_iso("2024-01-01").unwrap();
    let error = bodies.resolve("một tên", day, day).unwrap_err();
    assert_eq!(error.code(), ProblemCode::Ambiguous);
    assert_eq!(error.candidates().len(), 8);
    assert!(error.to_string().contains("names 5000 bodies") && error.to_string().contains("and 4992 more"));
    assert!(matches!(error, Unresolved::Ambiguous { total: 5000, .. }));
}

mod any {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    static BODIES: LazyLock<super::Registry> = LazyLock::new(super::builtin);

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn text_resolves_or_not_without_panic(name in "\\PC{0,40}", year in 1900i32..2200) {
            let _ = super::named(&BODIES, &name, &year.to_string());
        }

        #[test]
        fn words_of_names_resolve_or_not_without_panic(
            words in prop::collection::vec(
                prop::sample::select(vec!["UBND", "P.", "p", "X.", "TP", "TP.", "Nha", "Trang", "Nha Trang", ",", "-", "tỉnh",
                    "Khánh Hòa", "TT", "Lộc Thọ", "phường", "Phòng Nội vụ", "&", "(", "thành phố", "1"]), 0..7),
        ) {
            let _ = super::named(&BODIES, &words.join(" "), "2025");
            let _ = super::named(&BODIES, &words.concat(), "2025");
        }
    }
}
