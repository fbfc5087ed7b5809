//! The shared cases of `tests/vectors`, which the C and Python clients run as well.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use caicach::calendar::lunar::{LunarDate, lunar_to_solar, solar_to_lunar};
use caicach::calendar::parse_iso;

#[test]
fn every_vector_holds() {
    common::run_folder("vectors");
}

#[test]
fn every_lunar_date_holds() {
    let cases = common::cases("vectors/calendar");
    assert!(cases.len() > 50);
    for (_, case) in cases {
        let solar = case["solar"].as_str().map(|day| parse_iso(day).unwrap());
        let number = |key: &str| u8::try_from(case["lunar"][key].as_u64().unwrap()).unwrap();
        let lunar = case["lunar"]["year"].as_i64().map(|year| LunarDate {
            year: i32::try_from(year).unwrap(),
            month: number("month"),
            leap: case["lunar"]["leap"].as_bool().unwrap(),
            day: number("day"),
        });
        let error = case["error"].as_str();
        if let Some(solar) = solar {
            let found = solar_to_lunar(solar).map_err(|error| error.code());
            assert_eq!(found, lunar.ok_or_else(|| error.unwrap()), "{case}");
        }
        if let Some(lunar) = lunar {
            let found = lunar_to_solar(lunar).map_err(|error| error.code());
            assert_eq!(found, solar.ok_or_else(|| error.unwrap()), "{case}");
        }
    }
}
