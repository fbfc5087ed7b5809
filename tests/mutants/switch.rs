//! Which mutant is switched on (`CAICACH_MUTANT`), or a file that takes the numbers of those reached (`CAICACH_REACHED`).
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

const UNREAD: u32 = u32::MAX;
const RECORD: u32 = u32::MAX - 1;
const MOST: usize = 1;
static CHOSEN: AtomicU32 = AtomicU32::new(UNREAD);
static SEEN: [AtomicBool; MOST] = [const { AtomicBool::new(false) }; MOST];

/// Whether a mutant is switched on. Numbers begin at 1.
#[inline]
pub fn on(id: u32) -> bool {
    let chosen = CHOSEN.load(Relaxed);
    chosen == id || (chosen >= RECORD && asked(chosen, id))
}

#[cold]
fn asked(chosen: u32, id: u32) -> bool {
    if chosen == UNREAD {
        let number = std::env::var("CAICACH_MUTANT").ok().and_then(|text| text.parse().ok());
        let record = std::env::var_os("CAICACH_REACHED").is_some();
        CHOSEN.store(if record { RECORD } else { number.unwrap_or(0) }, Relaxed);
        return on(id);
    }
    if !SEEN[id as usize].swap(true, Relaxed) {
        write(&id.to_string());
    }
    false
}

/// Switches one on, or none by 0.
pub fn choose(id: u32) {
    CHOSEN.store(id, Relaxed);
}

/// Ends what one case reaches: what comes now is the next one's.
pub fn ends(case: &str) {
    if CHOSEN.load(Relaxed) == RECORD {
        write(case);
        SEEN.iter().for_each(|seen| seen.store(false, Relaxed));
    }
}

fn write(line: &str) {
    let file = std::env::var_os("CAICACH_REACHED").unwrap();
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file).unwrap();
    file.write_all(format!("{line}\n").as_bytes()).unwrap();
}
