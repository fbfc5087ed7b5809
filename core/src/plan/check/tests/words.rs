//! Quotes, numbers and errata.

use super::{accepted, changed, problems, refused, summary};
use crate::input::ProblemCode::{MissingField, QuoteMismatch};

#[test]
fn a_quote_is_in_its_clause_letter_for_letter() {
    let quote = "quote = \"Định kỳ hằng tuần họp đánh giá\"";
    let other = |words: &str, says: &str| {
        refused(quote, &format!("quote = \"{words}\""), QuoteMismatch, "rule[6].quote", "quote", says);
    };
    other("Định kỳ hằng tuần họp xét", "the words `Định kỳ hằng tuần họp xét` do not occur in `I.2`");
    other("định kỳ hằng tuần", "the clause has them in another spelling");
    other("Định  kỳ hằng tuần", "the clause has them in another spelling");
    other("hằng năm", "they are in `annex I.1`");
    // Parts of two texts are not one quote, and no words at all say nothing (nor do they say the number 1).
    other("hằng tuần; Hoàn thành", "do not occur");
    let found = problems(&changed(quote, "quote = \" \""));
    assert_eq!((found[0].code(), found[0].message()), (QuoteMismatch, "the quote is empty"), "{}", summary(&found));
}

#[test]
fn a_quote_may_be_in_any_cell_of_a_task_and_in_a_further_clause() {
    let quote = "quote = \"Không xếp hạng tốt nếu có từ 5% hồ sơ trễ hạn\"";
    let number = |text: String| text.replacen("at_least = \"5\" }]", "at_least = \"85\" }]", 1);
    let text = number(changed(quote, "quote = \"Chỉ số hài lòng đạt tối thiểu 85%\""));
    assert_eq!(summary(&problems(&text)), "");
    let quote = "quote = \"Tháng 11, 12 hằng năm\"";
    for words in ["Báo cáo", "Kết quả theo dõi", "Phòng Nội vụ chủ trì", "Không xếp hạng tốt"] {
        // The numbers are those of the schedule.
        accepted(quote, &format!("quote = \"{words}\""));
    }
}

#[test]
fn numbers_are_in_the_words() {
    accepted("by = \"2023-03-31\"\nfrom = \"2023-01-01\"", "within_days = 10");
}

#[test]
fn an_erratum_is_in_both_wordings() {
    let found = problems(&changed("printed = \"phần đầu\"", "printed = \"phần đâu\""));
    assert_eq!(
        summary(&found),
        "inconsistent: line 25: `clause[0].printed`: the errata of `I.1` do not give this wording from the corrected one; \
         they differ from `ấn đấu từ 2026.` on\nquote_mismatch: line 271: `erratum[0].printed`: `phần đâu` does not occur \
         in the wording of `I.1` as scanned; give the whole wording as scanned beside the corrected one\n"
    );
    let found = problems(&changed("corrected = \"phấn đấu\"", "corrected = \"phân đấu\""));
    assert_eq!(found[1].path(), "erratum[0].corrected", "{}", summary(&found));
    assert_eq!(found[1].message(), "`phân đấu` does not occur in the corrected wording of `I.1`");
    let found = problems(&changed("corrected = \"phấn đấu\"", "corrected = \"\""));
    assert_eq!((found[1].code(), found[1].path()), (MissingField, "erratum[0].corrected"), "{}", summary(&found));
    let found = problems(&changed("corrected = \"phấn đấu\"", "corrected = \"phần đầu\""));
    assert_eq!(found[1].message(), "the erratum corrects nothing", "{}", summary(&found));
}

#[test]
fn a_word_may_occur_more_often_than_it_is_wrong() {
    let text = changed("text = \"Rà soát.\"", "text = \"Tốt, tốt, rất tốt.\"\nprinted = \"Tốt, tôt, rất tốt.\"");
    let text = format!(
        "{text}\n[[erratum]]\nwhere = \"annex I.2\"\nkind = \"wording\"\nprinted = \"tôt\"\ncorrected = \"tốt\"\nwhy = \"x\"\nwhy_en = \"x\"\n"
    );
    assert_eq!(summary(&problems(&text)), "");
}

#[test]
fn hostile_errata_end() {
    let many = "ab".repeat(3000);
    let text = changed("text = \"Rà soát.\"", &format!("text = \"{many}c\"\nprinted = \"{many}d\""));
    let one = |printed: &str, corrected: &str| {
        format!(
            "\n[[erratum]]\nwhere = \"annex I.2\"\nkind = \"wording\"\nprinted = \"{printed}\"\ncorrected = \"{corrected}\"\nwhy = \"x\"\nwhy_en = \"x\"\n"
        )
    };
    let text = format!("{text}{}{}{}", one("ab", "abab"), one("abab", "ab"), one("b", "ab"));
    assert!(!problems(&text).is_empty());
}
