//! Tests of [`super`].
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use super::{DecodeError, Encoding, decode, decode_seen};

fn seen(text: &str, encoding: Encoding) -> String {
    decode_seen(text, encoding).expect(text)
}

/// All small letters of Vietnamese with diacritics, in the order of the tables below.
const LETTERS: &str = "àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ";

#[test]
fn every_letter_of_tcvn3() {
    let bytes = b"\xb5\xb6\xb7\xb8\xb9 \xa8\xbb\xbc\xbd\xbe\xc6 \xa9\xc7\xc8\xc9\xca\xcb \xae \xcc\xce\xcf\xd0\xd1 \
        \xaa\xd2\xd3\xd4\xd5\xd6 \xd7\xd8\xdc\xdd\xde \xdf\xe1\xe2\xe3\xe4 \xab\xe5\xe6\xe7\xe8\xe9 \
        \xac\xea\xeb\xec\xed\xee \xef\xf1\xf2\xf3\xf4 \xad\xf5\xf6\xf7\xf8\xf9 \xfa\xfb\xfc\xfd\xfe";
    assert_eq!(decode(bytes, Encoding::Tcvn3).as_deref(), Ok(LETTERS));
    assert_eq!(decode(b"\xa1\xa2\xa3\xa4\xa5\xa6\xa7", Encoding::Tcvn3).as_deref(), Ok("ĂÂÊÔƠƯĐ"));
    // VN2 capitals and combining tones, which some converters write.
    assert_eq!(decode(b"\xc0\xda\xff A\xb3", Encoding::Tcvn3).as_deref(), Ok("ẮẾỐ Á"));
}

#[test]
fn every_letter_of_vni() {
    let small = "aøaûaõaùaï aêaèaúaüaéaë aâaàaåaãaáaä ñ eøeûeõeùeï eâeàeåeãeáeä ìæóíò oøoûoõoùoï oâoàoåoãoáoä \
        ôôøôûôõôùôï uøuûuõuùuï ööøöûöõöùöï yøyûyõyùî";
    assert_eq!(seen(small, Encoding::Vni), LETTERS);
    assert_eq!(seen(&small.to_uppercase(), Encoding::Vni), LETTERS.to_uppercase());
    // A mark in the other case than its letter, and the other way to write ỵ.
    assert_eq!(seen("AùaÙ yï", Encoding::Vni), "Áá ỵ");
}

#[test]
fn every_letter_of_cp1258() {
    let bytes = b"a\xcca\xd2a\xdea\xeca\xf2 \xe3\xe3\xcc\xe3\xd2\xe3\xde\xe3\xec\xe3\xf2 \xe2\xe2\xcc\xe2\xd2\xe2\xde\xe2\xec\
        \xe2\xf2 \xf0 e\xcce\xd2e\xdee\xece\xf2 \xea\xea\xcc\xea\xd2\xea\xde\xea\xec\xea\xf2 i\xcci\xd2i\xdei\xeci\xf2 \
        o\xcco\xd2o\xdeo\xeco\xf2 \xf4\xf4\xcc\xf4\xd2\xf4\xde\xf4\xec\xf4\xf2 \xf5\xf5\xcc\xf5\xd2\xf5\xde\xf5\xec\xf5\xf2 \
        u\xccu\xd2u\xdeu\xecu\xf2 \xfd\xfd\xcc\xfd\xd2\xfd\xde\xfd\xec\xfd\xf2 y\xccy\xd2y\xdey\xecy\xf2";
    assert_eq!(decode(bytes, Encoding::Cp1258).as_deref(), Ok(LETTERS));
    assert_eq!(decode(b"\xe0\xe1\xd0\xdd\xd5\xc3 5\xfe \x80", Encoding::Cp1258).as_deref(), Ok("àáĐƯƠĂ 5₫ €"));
}

#[test]
fn running_text() {
    for (tcvn3, text) in [
        ("Kh¸nh Hßa", "Khánh Hòa"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("C¨n cø NghÞ ®Þnh sè 15/CP", "Căn cứ Nghị định số 15/CP"),
        ("Bé tr\u{AD}ëng Bé Tµi chÝnh", "Bộ trưởng Bộ Tài chính"),
        ("“ñy ban nh©n d©n”", "“ủy ban nhân dân”"),
    ] {
        assert_eq!(seen(tcvn3, Encoding::Tcvn3), text);
    }
    for (vni, text) in [
        ("Khaùnh Hoøa", "Khánh Hòa"),
        ("UÛy ban nhaân daân phöôøng Loäc Thoï", "Ủy ban nhân dân phường Lộc Thọ"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP – TÖÏ DO – HAÏNH PHUÙC", "ĐỘC LẬP – TỰ DO – HẠNH PHÚC"),
        ("Nguyeãn Vaên Lyù", "Nguyễn Văn Lý"),
    ] {
        assert_eq!(seen(vni, Encoding::Vni), text);
    }
    // UTF-8 that was read as CP1252.
    assert_eq!(seen("KhÃ¡nh HÃ²a", Encoding::Utf8), "Khánh Hòa");
}

#[test]
fn utf8_is_checked_composed_and_rid_of_its_mark() {
    assert_eq!(decode("\u{FEFF}Kha\u{301}nh".as_bytes(), Encoding::Utf8).as_deref(), Ok("Khánh"));
    let error = decode(b"Kh\xb8nh", Encoding::Utf8).expect_err("not UTF-8");
    assert_eq!(error.to_string(), "byte 0xb8 at offset 2 is not UTF-8");
    assert_eq!(decode(b"", Encoding::Vni).as_deref(), Ok(""));
}

#[test]
fn what_makes_no_sense_is_an_error() {
    let message = |bytes, encoding| decode(bytes, encoding).expect_err("an error").to_string();
    assert_eq!(message(b"ab\x81", Encoding::Tcvn3), "byte 0x81 at offset 2 is not TCVN3");
    assert_eq!(message(b"\x8a", Encoding::Cp1258), "byte 0x8a at offset 0 is not CP1258");
    assert_eq!(message(b"\xe7", Encoding::Vni), "byte 0xe7 at offset 0 is not VNI");
    let mark = "byte 0xf9 at offset 1 is a VNI mark after no letter that takes it";
    assert_eq!(message(b"t\xf9", Encoding::Vni), mark);
    // A mark with nothing before it, breve on e, two tones, tone on a letter that has one.
    for bytes in [b"\xf9".as_slice(), b"e\xea", b"a\xf9\xf9", b"\xed\xf9", b"30\xf9", b"u\xe2"] {
        assert!(matches!(decode(bytes, Encoding::Vni), Err(DecodeError::Mark { .. })), "{bytes:?}");
    }
    assert!(matches!(decode(b"30\xb0C", Encoding::Tcvn3), Err(DecodeError::Mark { .. })));
    assert!(matches!(decode(b"n\xde", Encoding::Cp1258), Err(DecodeError::Mark { .. })));
    let error = decode_seen("Khánh Hoà ế", Encoding::Tcvn3).expect_err("partly Unicode");
    assert_eq!(error.to_string(), "`ế` at position 10 is not a byte read as Latin-1");
}

#[test]
fn any_bytes_have_an_answer() {
    for encoding in [Encoding::Utf8, Encoding::Tcvn3, Encoding::Vni, Encoding::Cp1258] {
        for first in 0..=255_u8 {
            for second in 0..=255_u8 {
                if let Ok(text) = decode(&[first, second], encoding) {
                    assert!(unicode_normalization::is_nfc(&text), "{encoding} {first:02x} {second:02x}");
                }
            }
        }
    }
}

#[test]
fn encodings_have_names() {
    for (name, encoding) in [
        ("UTF-8", Encoding::Utf8),
        ("TCVN3 (ABC)", Encoding::Tcvn3),
        ("VNI-Windows", Encoding::Vni),
        ("windows-1258", Encoding::Cp1258),
    ] {
        assert_eq!(Encoding::from_name(name), Some(encoding));
        assert_eq!(Encoding::from_name(&encoding.to_string()), Some(encoding));
    }
    assert_eq!(Encoding::from_name("latin1"), None);
    assert_eq!(serde_json::to_string(&Encoding::Tcvn3).expect("json"), "\"tcvn3\"");
}
