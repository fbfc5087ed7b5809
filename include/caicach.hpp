// caicach for C++17: handles that free themselves, text as std::string_view, errors as exceptions.
//
//   auto plan = caicach::plan::builtin();
//   auto facts = caicach::facts::from_json(json);
//   auto assessment = plan.assess(facts, caicach::options("2025-01-15").reading("late_denominator", "due"));
//   for (auto finding : assessment.findings()) std::cout << finding.explanation() << '\n';
//
// Plans, facts, cases, subjects and assessments own their handle: they can be moved, not copied. What is asked of one of
// them (findings, rules, texts) belongs to it and is valid as long as it lives; moving it does not matter. Threads may
// share any of them. A moved-from object can only be destroyed or assigned to.
// Counting dossiers is in caicach_tally.hpp.
#ifndef CAICACH_HPP
#define CAICACH_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "caicach.h"

namespace caicach {

enum class lang : caicach_lang { vi = CAICACH_LANG_VI, en = CAICACH_LANG_EN };

enum class verdict : caicach_verdict {
  met = CAICACH_VERDICT_MET,
  not_met = CAICACH_VERDICT_NOT_MET,
  pending = CAICACH_VERDICT_PENDING,
  undetermined = CAICACH_VERDICT_UNDETERMINED,
  not_applicable = CAICACH_VERDICT_NOT_APPLICABLE,
  binding = CAICACH_VERDICT_BINDING,
  not_binding = CAICACH_VERDICT_NOT_BINDING,
};

namespace detail {

// A text that may be absent. Empty where it is.
inline std::string_view text(const char *data) { return data == nullptr ? std::string_view() : std::string_view(data); }

inline std::optional<std::string_view> some(const char *data) {
  return data == nullptr ? std::nullopt : std::optional<std::string_view>(data);
}

template <auto Free>
struct freeing {
  template <typename T>
  void operator()(T *handle) const noexcept {
    Free(handle);
  }
};

template <typename T, auto Free>
using handle = std::unique_ptr<T, freeing<Free>>;

// What a handle has so and so many of: Count and At are functions of the C interface, View what C++ sees of one.
template <typename Owner, typename View, auto Count, auto At>
class list {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = View;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = View;

    iterator(const Owner *owner, std::size_t at) : owner_(owner), at_(at) {}
    View operator*() const { return View(At(owner_, at_)); }
    iterator &operator++() {
      ++at_;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const iterator &other) const { return at_ == other.at_; }
    bool operator!=(const iterator &other) const { return at_ != other.at_; }

   private:
    const Owner *owner_;
    std::size_t at_;
  };

  explicit list(const Owner *owner) : owner_(owner) {}
  std::size_t size() const { return Count(owner_); }
  bool empty() const { return size() == 0; }
  iterator begin() const { return iterator(owner_, 0); }
  iterator end() const { return iterator(owner_, size()); }
  // Throws std::out_of_range.
  View at(std::size_t index) const {
    if (index >= size()) throw std::out_of_range("caicach: no element of this index");
    return View(At(owner_, index));
  }

 private:
  const Owner *owner_;
};

}  // namespace detail

// One thing wrong with an input.
struct problem {
  std::string code;
  std::string path;
  // Counted from 1; 0 where it is not known.
  std::uint32_t line;
  std::string message;
  // Empty where nothing can be said.
  std::string help;
};

// What went wrong: what() says all of it, details() one by one.
class error : public std::runtime_error {
 public:
  explicit error(const caicach_error *from)
      : std::runtime_error(std::string(detail::text(caicach_error_message(from)))),
        code_(caicach_error_code(from)),
        json_(detail::text(caicach_error_details_json(from))) {
    for (std::size_t i = 0; i < caicach_error_detail_count(from); ++i) {
      details_.push_back({std::string(detail::text(caicach_error_detail_code(from, i))),
                          std::string(detail::text(caicach_error_detail_path(from, i))),
                          caicach_error_detail_line(from, i),
                          std::string(detail::text(caicach_error_detail_message(from, i))),
                          std::string(detail::text(caicach_error_detail_help(from, i)))});
    }
  }

  // One of the CAICACH_ERROR_ constants.
  caicach_status code() const noexcept { return code_; }
  const std::vector<problem> &details() const noexcept { return details_; }
  const std::string &details_json() const noexcept { return json_; }

 private:
  caicach_status code_;
  std::string json_;
  std::vector<problem> details_;
};

namespace detail {

// Calls a function of the C interface with an error; throws where it fails.
template <typename Call>
void done(Call &&call) {
  caicach_error *failure = nullptr;
  if (call(&failure) == CAICACH_OK) return;
  handle<caicach_error, caicach_error_free> owned(failure);
  throw error(owned.get());
}

// Calls one that has an output too; gives the output or throws.
template <typename T, typename Call>
T *made(Call &&call) {
  T *out = nullptr;
  done([&](caicach_error **failure) { return call(&out, failure); });
  return out;
}

template <typename Call>
std::string string(Call &&call) {
  handle<caicach_text, caicach_text_free> text(made<caicach_text>(std::forward<Call>(call)));
  return std::string(caicach_text_data(text.get()), caicach_text_len(text.get()));
}

}  // namespace detail

// A norm of the plan with its words. Belongs to its plan.
class rule {
 public:
  explicit rule(const caicach_rule *rule) : rule_(rule) {}
  std::string_view id() const { return detail::text(caicach_rule_id(rule_)); }
  std::string_view clause() const { return detail::text(caicach_rule_clause(rule_)); }
  std::string_view kind() const { return detail::text(caicach_rule_kind(rule_)); }
  std::string_view subject_kind() const { return detail::text(caicach_rule_subject_kind(rule_)); }
  std::string_view title(lang in = lang::vi) const {
    return detail::text(caicach_rule_title(rule_, static_cast<caicach_lang>(in)));
  }
  std::string_view quote() const { return detail::text(caicach_rule_quote(rule_)); }
  std::string_view gist_en() const { return detail::text(caicach_rule_gist_en(rule_)); }
  bool aspirational() const { return caicach_rule_aspirational(rule_); }
  auto readings() const {
    return detail::list<caicach_rule, std::string_view, caicach_rule_reading_count, caicach_rule_reading_at>(rule_);
  }
  const caicach_rule *get() const { return rule_; }

 private:
  const caicach_rule *rule_;
};

// A paragraph of the main text. Belongs to its plan.
class clause {
 public:
  explicit clause(const caicach_clause *clause) : clause_(clause) {}
  std::string_view id() const { return detail::text(caicach_clause_id(clause_)); }
  std::string_view text() const { return detail::text(caicach_clause_text(clause_)); }
  // The wording as scanned, where it differs.
  std::optional<std::string_view> printed() const { return detail::some(caicach_clause_printed(clause_)); }
  std::string_view gist_en() const { return detail::text(caicach_clause_gist_en(clause_)); }
  const caicach_clause *get() const { return clause_; }

 private:
  const caicach_clause *clause_;
};

// A task of the annex. Belongs to its plan, or to the list that it is asked of.
class task {
 public:
  explicit task(const caicach_task *task) : task_(task) {}
  std::string_view id() const { return detail::text(caicach_task_id(task_)); }
  std::string_view group() const { return detail::text(caicach_task_group(task_)); }
  std::string_view text() const { return detail::text(caicach_task_text(task_)); }
  std::string_view gist_en() const { return detail::text(caicach_task_gist_en(task_)); }
  std::string_view schedule() const { return detail::text(caicach_task_schedule(task_)); }
  std::string_view schedule_kind() const { return detail::text(caicach_task_schedule_kind(task_)); }
  auto deliverables() const {
    return detail::list<caicach_task, std::string_view, caicach_task_deliverable_count, caicach_task_deliverable_at>(
        task_);
  }
  const caicach_task *get() const { return task_; }

 private:
  const caicach_task *task_;
};

// Some tasks of a plan.
class some_tasks {
 public:
  explicit some_tasks(caicach_tasks *handle) : handle_(handle) {}
  std::size_t size() const { return caicach_tasks_count(handle_.get()); }
  auto items() const { return detail::list<caicach_tasks, task, caicach_tasks_count, caicach_tasks_at>(handle_.get()); }

 private:
  detail::handle<caicach_tasks, caicach_tasks_free> handle_;
};

// A question the document leaves open. Belongs to its plan.
class reading {
 public:
  explicit reading(const caicach_reading *reading) : reading_(reading) {}
  std::string_view key() const { return detail::text(caicach_reading_key(reading_)); }
  std::string_view question(lang in = lang::vi) const {
    return detail::text(caicach_reading_question(reading_, static_cast<caicach_lang>(in)));
  }
  std::string_view default_option() const { return detail::text(caicach_reading_default(reading_)); }
  std::string_view reason() const { return detail::text(caicach_reading_reason(reading_)); }
  auto options() const {
    return detail::list<caicach_reading, std::string_view, caicach_reading_option_count, caicach_reading_option_id>(
        reading_);
  }
  std::string_view option_text(std::size_t index, lang in = lang::vi) const {
    return detail::text(caicach_reading_option_text(reading_, index, static_cast<caicach_lang>(in)));
  }
  const caicach_reading *get() const { return reading_; }

 private:
  const caicach_reading *reading_;
};

class tally;

// Facts, checked.
class facts {
 public:
  static facts from_json(std::string_view json) {
    return facts(detail::made<caicach_facts>([&](caicach_facts **out, caicach_error **error) {
      return caicach_facts_from_json(json.data(), json.size(), out, error);
    }));
  }
  facts add(const facts &other) const {
    return facts(detail::made<caicach_facts>([&](caicach_facts **out, caicach_error **error) {
      return caicach_facts_add(get(), other.get(), out, error);
    }));
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_facts_to_json(get(), out, error);
    });
  }
  std::string notes_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_facts_notes_json(get(), out, error);
    });
  }
  std::string_view fingerprint() const { return detail::text(caicach_facts_fingerprint(get())); }
  const caicach_facts *get() const { return handle_.get(); }

 private:
  friend class tally;
  explicit facts(caicach_facts *handle) : handle_(handle) {}
  detail::handle<caicach_facts, caicach_facts_free> handle_;
};

// The day of assessment, readings that are not by default, and the day of knowledge.
class options {
 public:
  explicit options(std::string_view as_of) : as_of_(as_of) {}
  // Days since 1970-01-01.
  static options on_day(std::int32_t days) {
    options made{std::string_view()};
    made.as_of_.reset();
    made.days_ = days;
    return made;
  }
  options &reading(std::string_view key, std::string_view option) & {
    readings_.emplace_back(key, option);
    return *this;
  }
  options &&reading(std::string_view key, std::string_view option) && { return std::move(reading(key, option)); }
  // Judges by what was known on a day.
  options &known_on(std::string_view day) & {
    known_on_ = std::string(day);
    return *this;
  }
  options &&known_on(std::string_view day) && { return std::move(known_on(day)); }
  // Does not try the other options of the readings: nothing then says what it is sensitive to.
  options &verdicts_only() & {
    flags_ |= CAICACH_ASSESS_VERDICTS_ONLY;
    return *this;
  }
  options &&verdicts_only() && { return std::move(verdicts_only()); }

  // Calls `use` with the options as C takes them.
  template <typename Use>
  auto with(Use &&use) const {
    std::vector<caicach_reading_choice> choices;
    for (const auto &[key, option] : readings_) {
      choices.push_back({key.data(), key.size(), option.data(), option.size()});
    }
    caicach_assess_options all = CAICACH_ASSESS_OPTIONS_INIT;
    all.as_of = as_of_ ? as_of_->c_str() : nullptr;
    all.as_of_len = as_of_ ? as_of_->size() : 0;
    all.as_of_days = days_;
    all.readings = choices.data();
    all.reading_count = choices.size();
    all.flags = flags_;
    all.known_on = known_on_ ? known_on_->c_str() : nullptr;
    all.known_on_len = known_on_ ? known_on_->size() : 0;
    return use(&all);
  }

 private:
  std::optional<std::string> as_of_;
  std::optional<std::string> known_on_;
  std::int32_t days_ = CAICACH_NO_DATE;
  std::uint32_t flags_ = 0;
  std::vector<std::pair<std::string, std::string>> readings_;
};

// Part and whole of a share of counts.
struct counts {
  std::int64_t part;
  std::int64_t whole;
};

// What is missing or to be known of the data.
struct remark {
  std::string_view code;
  std::string_view vi;
  std::string_view en;
};

// An option of a reading under which the verdict would be another.
struct sensitivity {
  std::string_view reading;
  std::string_view option;
  caicach::verdict verdict;
};

// What one rule says of one subject and period. Belongs to its assessment.
class finding {
 public:
  explicit finding(const caicach_finding *finding) : finding_(finding) {}
  std::string_view rule() const { return detail::text(caicach_finding_rule(finding_)); }
  std::string_view clause() const { return detail::text(caicach_finding_clause(finding_)); }
  std::string_view subject_kind() const { return detail::text(caicach_finding_subject_kind(finding_)); }
  std::string_view subject_id() const { return detail::text(caicach_finding_subject_id(finding_)); }
  std::string_view subject_name() const { return detail::text(caicach_finding_subject_name(finding_)); }
  std::int32_t from_day() const { return caicach_finding_period_from(finding_); }
  std::int32_t to_day() const { return caicach_finding_period_to(finding_); }
  std::string_view from() const { return detail::text(caicach_finding_period_from_text(finding_)); }
  std::string_view to() const { return detail::text(caicach_finding_period_to_text(finding_)); }
  caicach::verdict verdict() const { return static_cast<caicach::verdict>(caicach_finding_verdict(finding_)); }
  std::string_view verdict_text() const { return detail::text(caicach_finding_verdict_text(finding_)); }
  std::optional<caicach::counts> counts() const {
    caicach::counts found{0, 0};
    if (!caicach_finding_counts(finding_, &found.part, &found.whole)) return std::nullopt;
    return found;
  }
  std::optional<std::string_view> percent() const { return detail::some(caicach_finding_percent(finding_)); }
  std::optional<std::string_view> percent_low() const { return detail::some(caicach_finding_percent_low(finding_)); }
  std::optional<std::string_view> percent_high() const { return detail::some(caicach_finding_percent_high(finding_)); }
  std::optional<std::string_view> margin() const { return detail::some(caicach_finding_margin(finding_)); }
  std::optional<std::string_view> headroom_unit() const {
    return detail::some(caicach_finding_headroom_unit(finding_));
  }
  std::optional<std::string_view> headroom_value() const {
    return detail::some(caicach_finding_headroom_value(finding_));
  }
  std::optional<std::int64_t> headroom_count() const {
    std::int64_t count = 0;
    if (!caicach_finding_headroom_count(finding_, &count)) return std::nullopt;
    return count;
  }
  std::optional<std::string_view> due() const { return detail::some(caicach_finding_due_text(finding_)); }
  std::vector<remark> missing() const {
    std::vector<remark> all;
    for (std::size_t i = 0; i < caicach_finding_missing_count(finding_); ++i) {
      all.push_back({detail::text(caicach_finding_missing_what(finding_, i)),
                     detail::text(caicach_finding_missing_text(finding_, i, CAICACH_LANG_VI)),
                     detail::text(caicach_finding_missing_text(finding_, i, CAICACH_LANG_EN))});
    }
    return all;
  }
  std::vector<remark> data_notes() const {
    std::vector<remark> all;
    for (std::size_t i = 0; i < caicach_finding_data_note_count(finding_); ++i) {
      all.push_back({detail::text(caicach_finding_data_note_code(finding_, i)),
                     detail::text(caicach_finding_data_note_text(finding_, i, CAICACH_LANG_VI)),
                     detail::text(caicach_finding_data_note_text(finding_, i, CAICACH_LANG_EN))});
    }
    return all;
  }
  std::vector<sensitivity> sensitive_to() const {
    std::vector<sensitivity> all;
    for (std::size_t i = 0; i < caicach_finding_sensitive_count(finding_); ++i) {
      all.push_back({detail::text(caicach_finding_sensitive_reading(finding_, i)),
                     detail::text(caicach_finding_sensitive_option(finding_, i)),
                     static_cast<caicach::verdict>(caicach_finding_sensitive_verdict(finding_, i))});
    }
    return all;
  }
  auto readings() const {
    return detail::list<caicach_finding, std::string_view, caicach_finding_reading_count, caicach_finding_reading_at>(
        finding_);
  }
  auto sources() const {
    return detail::list<caicach_finding, std::string_view, caicach_finding_source_count, caicach_finding_source_at>(
        finding_);
  }
  bool aspirational() const { return caicach_finding_aspirational(finding_); }
  bool retrospective() const { return caicach_finding_retrospective(finding_); }
  // The body whose rank bears on the subject.
  std::optional<std::string_view> body_id() const { return detail::some(caicach_finding_body_id(finding_)); }
  std::optional<std::string_view> body_name() const { return detail::some(caicach_finding_body_name(finding_)); }
  std::vector<std::string_view> measures(lang in = lang::vi) const {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < caicach_finding_measure_count(finding_); ++i) {
      all.push_back(detail::text(caicach_finding_measure_text(finding_, i, static_cast<caicach_lang>(in))));
    }
    return all;
  }
  std::optional<std::string_view> capped_scale() const { return detail::some(caicach_finding_capped_scale(finding_)); }
  std::optional<std::string_view> capped_band() const { return detail::some(caicach_finding_capped_band(finding_)); }
  std::string_view explanation(lang in = lang::vi) const {
    return detail::text(caicach_finding_explanation(finding_, static_cast<caicach_lang>(in)));
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_finding_to_json(finding_, out, error);
    });
  }
  const caicach_finding *get() const { return finding_; }

 private:
  const caicach_finding *finding_;
};

// The highest band that caps leave. What it shows belongs to the assessment or the owned_ceiling.
class ceiling {
 public:
  explicit ceiling(const caicach_ceiling *ceiling) : ceiling_(ceiling) {}
  std::string_view subject_kind() const { return detail::text(caicach_ceiling_subject_kind(ceiling_)); }
  std::string_view subject_id() const { return detail::text(caicach_ceiling_subject_id(ceiling_)); }
  std::string_view subject_name() const { return detail::text(caicach_ceiling_subject_name(ceiling_)); }
  std::int32_t year() const { return caicach_ceiling_year(ceiling_); }
  std::string_view scale() const { return detail::text(caicach_ceiling_scale(ceiling_)); }
  std::string_view band() const { return detail::text(caicach_ceiling_band(ceiling_)); }
  bool provisional() const { return caicach_ceiling_provisional(ceiling_); }
  auto binding() const {
    return detail::list<caicach_ceiling, std::string_view, caicach_ceiling_binding_count, caicach_ceiling_binding_at>(
        ceiling_);
  }
  auto undetermined() const {
    return detail::list<caicach_ceiling, std::string_view, caicach_ceiling_undetermined_count,
                        caicach_ceiling_undetermined_at>(ceiling_);
  }
  const caicach_ceiling *get() const { return ceiling_; }

 private:
  const caicach_ceiling *ceiling_;
};

// A ceiling that was asked of a subject.
class owned_ceiling : public ceiling {
 public:
  explicit owned_ceiling(caicach_ceiling *handle) : ceiling(handle), handle_(handle) {}

 private:
  detail::handle<caicach_ceiling, caicach_ceiling_free> handle_;
};

}  // namespace caicach

#include "caicach_views.hpp"
#include "caicach_plans.hpp"

namespace caicach {

// What an assessment was made from. Belongs to it.
class receipt {
 public:
  explicit receipt(const caicach_receipt *receipt) : receipt_(receipt) {}
  std::string_view engine() const { return detail::text(caicach_receipt_engine(receipt_)); }
  std::string_view plan() const { return detail::text(caicach_receipt_plan(receipt_)); }
  std::string_view plan_fingerprint() const { return detail::text(caicach_receipt_plan_fingerprint(receipt_)); }
  std::string_view facts_fingerprint() const { return detail::text(caicach_receipt_facts_fingerprint(receipt_)); }
  std::string_view as_of() const { return detail::text(caicach_receipt_as_of_text(receipt_)); }
  std::int32_t as_of_day() const { return caicach_receipt_as_of(receipt_); }
  std::optional<std::string_view> known_on() const { return detail::some(caicach_receipt_known_on_text(receipt_)); }
  // Key and option of every reading.
  std::vector<std::pair<std::string_view, std::string_view>> readings() const {
    std::vector<std::pair<std::string_view, std::string_view>> all;
    for (std::size_t i = 0; i < caicach_receipt_reading_count(receipt_); ++i) {
      all.emplace_back(detail::text(caicach_receipt_reading_key(receipt_, i)),
                       detail::text(caicach_receipt_reading_option(receipt_, i)));
    }
    return all;
  }
  const caicach_receipt *get() const { return receipt_; }

 private:
  const caicach_receipt *receipt_;
};

// What a plan says of facts on a day.
class assessment {
 public:
  explicit assessment(caicach_assessment *handle) : handle_(handle) {}
  caicach::receipt receipt() const { return caicach::receipt(caicach_assessment_receipt(get())); }
  auto findings() const {
    return detail::list<caicach_assessment, finding, caicach_assessment_finding_count, caicach_assessment_finding_at>(
        get());
  }
  auto ceilings() const {
    return detail::list<caicach_assessment, ceiling, caicach_assessment_ceiling_count, caicach_assessment_ceiling_at>(
        get());
  }
  auto ratings() const {
    return detail::list<caicach_assessment, rating, caicach_assessment_rating_count, caicach_assessment_rating_at>(
        get());
  }
  auto tasks() const {
    return detail::list<caicach_assessment, task_state, caicach_assessment_task_count, caicach_assessment_task_at>(
        get());
  }
  auto progress() const {
    return detail::list<caicach_assessment, caicach::progress, caicach_assessment_progress_count,
                        caicach_assessment_progress_at>(get());
  }
  // What depends on how the plan is read.
  auto sensitivity() const {
    return detail::list<caicach_assessment, dependence, caicach_assessment_dependence_count,
                        caicach_assessment_dependence_at>(get());
  }
  auto not_yet_evaluated() const {
    return detail::list<caicach_assessment, std::string_view, caicach_assessment_not_yet_evaluated_count,
                        caicach_assessment_not_yet_evaluated_at>(get());
  }
  std::uint64_t count(verdict of) const {
    return caicach_assessment_summary_count(get(), static_cast<caicach_verdict>(of));
  }
  std::uint64_t aspirational(verdict of) const {
    return caicach_assessment_summary_aspirational(get(), static_cast<caicach_verdict>(of));
  }
  std::uint64_t sensitive() const { return caicach_assessment_summary_sensitive(get()); }
  std::string unused_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_assessment_unused_json(get(), out, error);
    });
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_assessment_to_json(get(), out, error);
    });
  }
  const caicach_assessment *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_assessment, caicach_assessment_free> handle_;
};

// A body or person of a case, found once.
class subject {
 public:
  explicit subject(caicach_subject *handle) : handle_(handle) {}
  owned_ceiling ceiling(std::string_view scale, std::int32_t year) const {
    return owned_ceiling(detail::made<caicach_ceiling>([&](caicach_ceiling **out, caicach_error **error) {
      return caicach_subject_ceiling(get(), scale.data(), scale.size(), year, out, error);
    }));
  }
  const caicach_subject *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_subject, caicach_subject_free> handle_;
};

// A plan and facts made ready, to be asked often.
class prepared_case {
 public:
  explicit prepared_case(caicach_case *handle) : handle_(handle) {}
  caicach::assessment assess() const {
    return caicach::assessment(detail::made<caicach_assessment>([&](caicach_assessment **out, caicach_error **error) {
      return caicach_case_assess(get(), out, error);
    }));
  }
  subject body(std::string_view name, std::int32_t year) const {
    return subject(detail::made<caicach_subject>([&](caicach_subject **out, caicach_error **error) {
      return caicach_case_body(get(), name.data(), name.size(), year, out, error);
    }));
  }
  subject collective(std::string_view id) const {
    return subject(detail::made<caicach_subject>([&](caicach_subject **out, caicach_error **error) {
      return caicach_case_collective(get(), id.data(), id.size(), out, error);
    }));
  }
  subject person(std::string_view id) const {
    return subject(detail::made<caicach_subject>([&](caicach_subject **out, caicach_error **error) {
      return caicach_case_person(get(), id.data(), id.size(), out, error);
    }));
  }
  // As plan::agenda, with what is due within days of events that the facts tell of.
  caicach::agenda agenda(std::string_view from, std::string_view to, std::optional<std::string_view> body = {},
                         bool weekly = false) const {
    return caicach::agenda(detail::made<caicach_agenda>([&](caicach_agenda **out, caicach_error **error) {
      // An empty name is a name, not all bodies.
      const char *name = !body ? nullptr : body->data() == nullptr ? "" : body->data();
      return caicach_case_agenda(get(), from.data(), from.size(), to.data(), to.size(), name, body ? body->size() : 0,
                                 weekly ? CAICACH_AGENDA_WEEKLY : 0, out, error);
    }));
  }
  const caicach_case *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_case, caicach_case_free> handle_;
};

// A plan, loaded and checked.
class plan {
 public:
  static plan builtin() { return plan(detail::made<caicach_plan>(caicach_plan_builtin)); }
  static plan from_toml(std::string_view toml) {
    return plan(detail::made<caicach_plan>([&](caicach_plan **out, caicach_error **error) {
      return caicach_plan_from_toml(toml.data(), toml.size(), out, error);
    }));
  }
  caicach::assessment assess(const facts &facts, const options &options) const {
    return caicach::assessment(detail::made<caicach_assessment>([&](caicach_assessment **out, caicach_error **error) {
      return options.with([&](const caicach_assess_options *given) {
        return caicach_assess(get(), facts.get(), given, out, error);
      });
    }));
  }
  prepared_case prepare(const facts &facts, const options &options) const {
    return prepared_case(detail::made<caicach_case>([&](caicach_case **out, caicach_error **error) {
      return options.with([&](const caicach_assess_options *given) {
        return caicach_case_prepare(get(), facts.get(), given, out, error);
      });
    }));
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_plan_to_json(get(), out, error);
    });
  }
  std::string_view number() const { return detail::text(caicach_plan_number(get())); }
  std::string_view title(lang in = lang::vi) const {
    return detail::text(caicach_plan_title(get(), static_cast<caicach_lang>(in)));
  }
  std::string_view fingerprint() const { return detail::text(caicach_plan_fingerprint(get())); }
  auto clauses() const {
    return detail::list<caicach_plan, caicach::clause, caicach_plan_clause_count, caicach_plan_clause_at>(get());
  }
  std::optional<caicach::clause> clause(std::string_view id) const {
    const caicach_clause *found = caicach_plan_clause_by_id(get(), id.data(), id.size());
    return found == nullptr ? std::nullopt : std::optional<caicach::clause>(caicach::clause(found));
  }
  auto rules() const {
    return detail::list<caicach_plan, caicach::rule, caicach_plan_rule_count, caicach_plan_rule_at>(get());
  }
  auto tasks() const {
    return detail::list<caicach_plan, caicach::task, caicach_plan_task_count, caicach_plan_task_at>(get());
  }
  // Those of a body (by id), a group of the annex, a kind of schedule, or what several of these have in common.
  some_tasks tasks_of(std::optional<std::string_view> body, std::optional<std::string_view> group = {},
                      std::optional<std::string_view> schedule = {}) const {
    // An empty word is a word, not any.
    const auto data = [](const std::optional<std::string_view> &word) {
      return !word ? nullptr : word->data() == nullptr ? "" : word->data();
    };
    const auto size = [](const std::optional<std::string_view> &word) { return word ? word->size() : 0; };
    return some_tasks(detail::made<caicach_tasks>([&](caicach_tasks **out, caicach_error **error) {
      return caicach_plan_tasks_of(get(), data(body), size(body), data(group), size(group), data(schedule),
                                   size(schedule), out, error);
    }));
  }
  auto readings() const {
    return detail::list<caicach_plan, caicach::reading, caicach_plan_reading_count, caicach_plan_reading_at>(get());
  }
  std::optional<caicach::rule> rule(std::string_view id) const {
    const caicach_rule *found = caicach_plan_rule_by_id(get(), id.data(), id.size());
    return found == nullptr ? std::nullopt : std::optional<caicach::rule>(caicach::rule(found));
  }
  // All that falls due from a day to a day, of every body or of one by its id or name.
  caicach::agenda agenda(std::string_view from, std::string_view to, std::optional<std::string_view> body = {},
                         bool weekly = false) const {
    return caicach::agenda(detail::made<caicach_agenda>([&](caicach_agenda **out, caicach_error **error) {
      // An empty name is a name, not all bodies.
      const char *name = !body ? nullptr : body->data() == nullptr ? "" : body->data();
      return caicach_plan_agenda(get(), from.data(), from.size(), to.data(), to.size(), name, body ? body->size() : 0,
                                 weekly ? CAICACH_AGENDA_WEEKLY : 0, out, error);
    }));
  }
  // This plan with its working days counted by a calendar.
  plan with_calendar(const calendar &calendar) const {
    return plan(detail::made<caicach_plan>([&](caicach_plan **out, caicach_error **error) {
      return caicach_plan_with_calendar(get(), calendar.get(), out, error);
    }));
  }
  // What a body, by its id, is on a day, and what it was.
  std::vector<named_body> successors(std::string_view body, std::string_view on) const {
    return detail::named([&](caicach_bodies **out, caicach_error **error) {
      return caicach_plan_successors(get(), body.data(), body.size(), on.data(), on.size(), out, error);
    });
  }
  std::vector<named_body> predecessors(std::string_view body, std::string_view on) const {
    return detail::named([&](caicach_bodies **out, caicach_error **error) {
      return caicach_plan_predecessors(get(), body.data(), body.size(), on.data(), on.size(), out, error);
    });
  }
  std::vector<named_body> territory(std::string_view on) const {
    return detail::named([&](caicach_bodies **out, caicach_error **error) {
      return caicach_plan_territory(get(), on.data(), on.size(), out, error);
    });
  }
  caicach::diff diff(const plan &other) const {
    return caicach::diff(detail::made<caicach_diff>([&](caicach_diff **out, caicach_error **error) {
      return caicach_plan_diff(get(), other.get(), out, error);
    }));
  }
  std::vector<verdict_change> verdict_changes(const plan &other, const facts &facts, const options &options) const {
    detail::handle<caicach_verdict_changes, caicach_verdict_changes_free> changes(
        detail::made<caicach_verdict_changes>([&](caicach_verdict_changes **out, caicach_error **error) {
          return options.with([&](const caicach_assess_options *given) {
            return caicach_plan_verdict_changes(get(), other.get(), facts.get(), given, out, error);
          });
        }));
    return detail::told(changes.get());
  }
  amended_plan amended(const std::vector<const amendment *> &amendments) const {
    std::vector<const caicach_amendment *> all;
    for (const amendment *one : amendments) all.push_back(one == nullptr ? nullptr : one->get());
    return amended_plan(detail::made<caicach_amended_plan>([&](caicach_amended_plan **out, caicach_error **error) {
      return caicach_plan_amended(get(), all.data(), all.size(), out, error);
    }));
  }
  const caicach_plan *get() const { return handle_.get(); }

 private:
  friend class amended_plan;
  explicit plan(caicach_plan *handle) : handle_(handle) {}
  detail::handle<caicach_plan, caicach_plan_free> handle_;
};

inline plan amended_plan::on(std::string_view day) const {
  return plan(detail::made<caicach_plan>([&](caicach_plan **out, caicach_error **error) {
    return caicach_amended_plan_on(get(), day.data(), day.size(), out, error);
  }));
}

// The version of the library that is running.
inline std::string_view version() { return detail::text(caicach_version()); }

}  // namespace caicach

#endif  // CAICACH_HPP
