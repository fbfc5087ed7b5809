//! Which column is which, by its heading.

use std::fmt;

use super::reject::clip;
use crate::text::{bare, fold};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $word:literal, [$($alias:literal),* $(,)?];)*) => {
        /// What a column of dossiers holds (ý nghĩa cột).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Role {
            $($(#[$doc])* $name,)*
        }

        impl Role {
            /// All of them, in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The column's name: `body`, `received` ...
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Headings that are known to stand for it, without diacritics and capitals.
            const fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($alias),*],)* }
            }
        }
    };
}

roles! {
    /// The body (cơ quan, đơn vị).
    Body = "body", [
        "co quan", "don vi", "ten don vi", "ten co quan", "don vi giai quyet", "co quan giai quyet", "don vi thuc hien",
        "co quan thuc hien", "don vi tiep nhan", "co quan tiep nhan", "don vi xu ly", "co quan xu ly", "noi tiep nhan",
        "co quan don vi", "ubnd",
    ];
    /// The officer in charge (người xử lý).
    Officer = "officer", [
        "can bo", "can bo xu ly", "can bo thu ly", "can bo giai quyet", "nguoi xu ly", "nguoi thu ly", "chuyen vien",
        "chuyen vien xu ly", "cong chuc", "cong chuc xu ly", "can bo tiep nhan", "nguoi giai quyet", "can bo phu trach",
    ];
    /// The field of the procedure (lĩnh vực).
    Field = "field", ["linh vuc", "ten linh vuc", "linh vuc giai quyet", "nhom thu tuc", "linh vuc thu tuc"];
    /// How it came (kênh tiếp nhận).
    Channel = "channel", [
        "kenh", "kenh tiep nhan", "hinh thuc", "hinh thuc tiep nhan", "hinh thuc nop", "cach thuc nop",
        "cach thuc tiep nhan", "phuong thuc nop", "phuong thuc tiep nhan", "hinh thuc nop ho so", "nguon tiep nhan",
    ];
    /// When it was received (ngày tiếp nhận).
    Received = "received", [
        "ngay tiep nhan", "ngay nhan", "ngay nop", "ngay nhan ho so", "ngay tiep nhan ho so", "thoi gian tiep nhan",
        "thoi diem tiep nhan", "ngay gio tiep nhan", "tiep nhan", "ngay vao so", "thoi gian nhan",
    ];
    /// When it is due (ngày hẹn trả).
    Due = "due", [
        "ngay hen tra", "han tra", "han xu ly", "han giai quyet", "ngay den han", "han", "ngay hen tra ket qua",
        "thoi han", "thoi han giai quyet", "thoi gian hen tra", "han tra ket qua", "hen tra", "thoi diem hen tra",
        "ngay hen", "han hoan thanh",
    ];
    /// When it was resolved (ngày hoàn thành).
    Completed = "completed", [
        "ngay hoan thanh", "ngay ket thuc", "ngay xu ly xong", "ngay giai quyet xong", "ngay giai quyet", "ngay co ket qua",
        "ngay tra", "ngay tra ket qua", "thoi gian hoan thanh", "ngay ket thuc xu ly", "hoan thanh", "thoi diem hoan thanh",
        "ngay hoan tat", "ngay tra thuc te", "ngay hoan thanh thuc te",
    ];
    /// Whether it was cancelled or withdrawn (dừng xử lý, rút).
    Cancelled = "cancelled", ["huy", "da huy", "rut", "rut ho so", "dung xu ly", "tra lai", "bi huy", "canceled", "da rut"];
    /// By how many days its due date moved (số ngày tạm dừng).
    SuspendedDays = "suspended_days", [
        "tam dung", "so ngay tam dung", "ngay tam dung", "so ngay dung", "so ngay cho bo sung", "thoi gian tam dung",
    ];
    /// How often more papers were requested (số lần yêu cầu bổ sung).
    SupplementRequests = "supplement_requests", [
        "so lan bo sung", "yeu cau bo sung", "so lan yeu cau bo sung", "bo sung", "so lan yeu cau bo sung ho so",
    ];
    /// How many of these requests were made in writing (phiếu yêu cầu bổ sung).
    SupplementNotices = "supplement_notices", [
        "phieu bo sung", "so phieu bo sung", "phieu yeu cau bo sung", "so phieu yeu cau bo sung",
        "phieu yeu cau bo sung ho so", "van ban yeu cau bo sung",
    ];
    /// Whether there is a letter of apology (thư xin lỗi).
    Apology = "apology", ["xin loi", "thu xin loi", "phieu xin loi", "co thu xin loi", "apologies", "van ban xin loi"];
    /// Whether the citizen was satisfied (hài lòng).
    Satisfied = "satisfied", ["hai long", "danh gia hai long", "muc do hai long", "danh gia", "nguoi dan hai long"];
}

impl Role {
    /// The column that a heading stands for, by its English name or one of the usual Vietnamese ones.
    #[must_use]
    pub fn of(heading: &str) -> Option<Self> {
        // What stands in brackets explains: "Hạn trả (dự kiến)".
        let outside = heading.split(['(', '[']).next().unwrap_or(heading);
        let key = bare(&outside.replace(['_', '/', '\n', '\r', '*'], " "));
        let key = key.as_str();
        Self::ALL
            .iter()
            .copied()
            .find(|role| bare(&role.name().replace('_', " ")) == key || role.aliases().contains(&key))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why it is not clear which column is which.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoleError {
    /// No heading stands for a required column.
    #[error("no heading stands for column `{column}`; headings are {headings}")]
    NoColumn {
        /// The column.
        column: Role,
        /// The headings found.
        headings: String,
    },
    /// Two headings stand for one column.
    #[error("headings `{first}` and `{second}` both stand for column `{column}`; map one of them to nothing")]
    TwoColumns {
        /// The column.
        column: Role,
        /// The first heading.
        first: String,
        /// The second.
        second: String,
    },
    /// The mapping names a heading that is not there.
    #[error("the mapping names the heading `{heading}`, which is not there; headings are {headings}")]
    UnknownHeading {
        /// The heading.
        heading: String,
        /// The headings found.
        headings: String,
    },
}

/// What must be there.
const REQUIRED: [Role; 3] = [Role::Body, Role::Received, Role::Due];

/// For each heading the place in [`Role::ALL`] of what it stands for, by the mapping first, then by its usual meaning.
pub(crate) fn assign(headings: &[String], mapping: &[(String, Option<Role>)]) -> Result<Vec<Option<usize>>, RoleError> {
    let listed = || headings.iter().map(|h| format!("`{}`", clip(h))).collect::<Vec<_>>().join(", ");
    let same = |heading: &str, mapped: &str| fold(heading) == fold(mapped);
    for (heading, _) in mapping {
        if !headings.iter().any(|h| same(h, heading)) {
            return Err(RoleError::UnknownHeading { heading: heading.clone(), headings: listed() });
        }
    }
    let mapped = |heading: &str| mapping.iter().find(|(h, _)| same(h, heading)).map(|(_, role)| *role);
    let chosen: Vec<Role> = mapping.iter().filter_map(|(_, role)| *role).collect();
    let mut found: Vec<Option<Role>> = Vec::new();
    for heading in headings {
        // What the caller has mapped is not looked for elsewhere.
        let role = mapped(heading).unwrap_or_else(|| Role::of(heading).filter(|role| !chosen.contains(role)));
        if let Some(role) = role
            && let Some(at) = found.iter().position(|other| *other == Some(role))
        {
            let first = headings.get(at).cloned().unwrap_or_default();
            return Err(RoleError::TwoColumns { column: role, first, second: heading.clone() });
        }
        found.push(role);
    }
    for column in REQUIRED {
        if !found.contains(&Some(column)) {
            return Err(RoleError::NoColumn { column, headings: listed() });
        }
    }
    Ok(found.into_iter().map(|role| role.and_then(|role| Role::ALL.iter().position(|r| *r == role))).collect())
}
