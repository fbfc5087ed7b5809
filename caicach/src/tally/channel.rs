//! How a dossier came in.

use crate::text::bare;

/// How a dossier came in (kênh tiếp nhận).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// Online (trực tuyến).
    Online,
    /// At the counter (trực tiếp).
    Direct,
    /// By public post (bưu chính công ích); form II.06a counts it with the direct ones.
    Postal,
}

const ONLINE: [&str; 16] = [
    "online",
    "truc tuyen",
    "nop truc tuyen",
    "tiep nhan truc tuyen",
    "qua mang",
    "dvc",
    "dvctt",
    "dich vu cong",
    "dich vu cong truc tuyen",
    "cong dich vu cong",
    "cong dvc",
    "cong dich vu cong quoc gia",
    "dvcqg",
    "internet",
    "web",
    "2",
];
const DIRECT: [&str; 12] = [
    "direct",
    "truc tiep",
    "nop truc tiep",
    "tiep nhan truc tiep",
    "tai quay",
    "mot cua",
    "bo phan mot cua",
    "tai bo phan mot cua",
    "quay",
    "in person",
    "counter",
    "1",
];
const POSTAL: [&str; 12] = [
    "postal",
    "post",
    "buu chinh",
    "buu chinh cong ich",
    "buu dien",
    "qua buu chinh",
    "qua buu chinh cong ich",
    "qua buu dien",
    "bcci",
    "dich vu buu chinh cong ich",
    "dich vu bcci",
    "3",
];

impl Channel {
    /// The channel that a word names, in Vietnamese (with or without diacritics), English, or as the code of the national
    /// exchange (1 direct, 2 online, 3 postal).
    ///
    /// ```
    /// use caicach::tally::Channel;
    /// assert_eq!(Channel::of("Trực tuyến"), Some(Channel::Online));
    /// assert_eq!(Channel::of("Bưu chính công ích"), Some(Channel::Postal));
    /// assert_eq!(Channel::of("khác"), None);
    /// ```
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let key = bare(word);
        let key = key.as_str();
        if ONLINE.contains(&key) {
            Some(Self::Online)
        } else if DIRECT.contains(&key) {
            Some(Self::Direct)
        } else if POSTAL.contains(&key) {
            Some(Self::Postal)
        } else {
            None
        }
    }

    /// `online`, `direct`, `postal`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Direct => "direct",
            Self::Postal => "postal",
        }
    }
}
