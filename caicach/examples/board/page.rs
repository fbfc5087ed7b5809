//! A page of text for a terminal: wrapped by the width people see, coloured only where a terminal shows it.

use std::io::{IsTerminal, Write};

use unicode_normalization::UnicodeNormalization;

/// How many columns a page has.
pub(crate) const COLUMNS: usize = 100;

/// Colours by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Good,
    Bad,
    Open,
    Quiet,
    Strong,
}

/// A page as it is written.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    coloured: bool,
}

impl Page {
    pub(crate) fn new() -> Page {
        let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Page { text: String::new(), coloured }
    }

    /// A text in a colour, where there are colours.
    pub(crate) fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Good => "32",
            Ink::Bad => "31",
            Ink::Open => "33",
            Ink::Quiet => "2",
            Ink::Strong => "1",
        };
        if self.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// One line as it is.
    pub(crate) fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.line("");
    }

    /// A heading with a rule beneath it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        let heading = self.ink(Ink::Strong, text);
        self.line(&heading);
        self.line(&"─".repeat(COLUMNS));
    }

    /// A paragraph: the first line after `first`, the others after as many spaces as `hang`.
    pub(crate) fn paragraph(&mut self, first: &str, hang: usize, text: &str) {
        let room = COLUMNS.saturating_sub(hang.max(width(first)));
        for (i, line) in wrapped(text, room).iter().enumerate() {
            let head = if i == 0 { pad(first, hang) } else { " ".repeat(hang) };
            self.line(&format!("{head}{line}"));
        }
    }

    /// Puts the page out; a reader who has left is no error.
    pub(crate) fn print(&self) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(self.text.as_bytes()).and_then(|()| out.flush());
    }
}

/// How many columns a text takes: its letters composed, marks that stand alone and colours not counted.
pub(crate) fn width(text: &str) -> usize {
    let mut count = 0;
    let mut escape = false;
    for c in text.nfc() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => {}
            _ if escape => {}
            _ => count += 1,
        }
    }
    count
}

/// A text with spaces to a width.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text with spaces before it to a width.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text of at most so many columns.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept: String = text.nfc().take(columns.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text in lines of at most so many columns, broken between words.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
