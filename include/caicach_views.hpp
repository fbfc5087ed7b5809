// Part of caicach.hpp, which includes it: what an assessment shows besides its findings and ceilings.
#ifndef CAICACH_VIEWS_HPP
#define CAICACH_VIEWS_HPP

#ifndef CAICACH_HPP
#error "include caicach.hpp instead"
#endif

namespace caicach {

enum class task_status : caicach_task_status {
  waiting_for_trigger = CAICACH_TASK_STATUS_WAITING_FOR_TRIGGER,
  not_due = CAICACH_TASK_STATUS_NOT_DUE,
  due = CAICACH_TASK_STATUS_DUE,
  in_progress = CAICACH_TASK_STATUS_IN_PROGRESS,
  done = CAICACH_TASK_STATUS_DONE,
  done_late = CAICACH_TASK_STATUS_DONE_LATE,
  overdue = CAICACH_TASK_STATUS_OVERDUE,
};

namespace detail {

inline std::optional<std::int32_t> day(std::int32_t days) {
  return days == CAICACH_NO_DATE ? std::nullopt : std::optional<std::int32_t>(days);
}

}  // namespace detail

// A finding and what is told of it.
struct told_finding {
  caicach::finding finding;
  std::string_view vi;
  std::string_view en;
};

// A fact that would settle something open.
struct wanted {
  std::string_view what;
  std::string_view table;
  // Whom it should speak of, by id.
  std::string_view of;
  std::string_view vi;
  std::string_view en;
  std::vector<std::string_view> rules;
};

// Who still owes a report on a task.
struct owed {
  std::string_view body;
  std::string_view role;
  // Of a group, how many of its members; 0 for a body.
  std::uint32_t members;
};

// An exact fraction; the denominator is above 0.
struct fraction {
  std::int64_t numerator;
  std::int64_t denominator;
};

// What the two paths ask for by a day.
struct path_point {
  std::string_view date;
  // To two places, for display.
  std::string_view even;
  std::string_view back_loaded;
};

// A finding that another reading would change.
struct change {
  caicach::finding finding;
  verdict would_be;
};

// The yearly rating of a body and of those who belong to it. Belongs to its assessment.
class rating {
 public:
  explicit rating(const caicach_rating *rating) : rating_(rating) {}
  std::string_view body_id() const { return detail::text(caicach_rating_body_id(rating_)); }
  std::string_view body_name() const { return detail::text(caicach_rating_body_name(rating_)); }
  std::int32_t year() const { return caicach_rating_year(rating_); }
  std::optional<std::string_view> rank() const { return detail::some(caicach_rating_rank(rating_)); }
  std::optional<ceiling> rank_ceiling() const {
    const caicach_ceiling *found = caicach_rating_rank_ceiling(rating_);
    return found == nullptr ? std::nullopt : std::optional<ceiling>(ceiling(found));
  }
  auto heads() const {
    return detail::list<caicach_rating, ceiling, caicach_rating_head_count, caicach_rating_head_at>(rating_);
  }
  auto deputies() const {
    return detail::list<caicach_rating, ceiling, caicach_rating_deputy_count, caicach_rating_deputy_at>(rating_);
  }
  auto staff() const {
    return detail::list<caicach_rating, ceiling, caicach_rating_staff_count, caicach_rating_staff_at>(rating_);
  }
  auto collectives() const {
    return detail::list<caicach_rating, ceiling, caicach_rating_collective_count, caicach_rating_collective_at>(rating_);
  }
  // What is due against whom: the subject of the finding.
  std::vector<told_finding> measures() const {
    std::vector<told_finding> all;
    for (std::size_t i = 0; i < caicach_rating_measure_count(rating_); ++i) {
      all.push_back({finding(caicach_rating_measure_finding(rating_, i)),
                     detail::text(caicach_rating_measure_text(rating_, i, CAICACH_LANG_VI)),
                     detail::text(caicach_rating_measure_text(rating_, i, CAICACH_LANG_EN))});
    }
    return all;
  }
  // The chain of reasons, in the order of the plan's rules.
  std::vector<told_finding> reasons() const {
    std::vector<told_finding> all;
    for (std::size_t i = 0; i < caicach_rating_reason_count(rating_); ++i) {
      all.push_back({finding(caicach_rating_reason_finding(rating_, i)),
                     detail::text(caicach_rating_reason_text(rating_, i, CAICACH_LANG_VI)),
                     detail::text(caicach_rating_reason_text(rating_, i, CAICACH_LANG_EN))});
    }
    return all;
  }
  // The facts that would settle what is open.
  std::vector<wanted> missing() const {
    std::vector<wanted> all;
    for (std::size_t i = 0; i < caicach_rating_missing_count(rating_); ++i) {
      wanted one{detail::text(caicach_rating_missing_what(rating_, i)),
                 detail::text(caicach_rating_missing_table(rating_, i)),
                 detail::text(caicach_rating_missing_of(rating_, i)),
                 detail::text(caicach_rating_missing_text(rating_, i, CAICACH_LANG_VI)),
                 detail::text(caicach_rating_missing_text(rating_, i, CAICACH_LANG_EN)),
                 {}};
      for (std::size_t j = 0; j < caicach_rating_missing_rule_count(rating_, i); ++j) {
        one.rules.push_back(detail::text(caicach_rating_missing_rule_at(rating_, i, j)));
      }
      all.push_back(std::move(one));
    }
    return all;
  }
  std::vector<remark> data_notes() const {
    std::vector<remark> all;
    for (std::size_t i = 0; i < caicach_rating_data_note_count(rating_); ++i) {
      all.push_back({detail::text(caicach_rating_data_note_code(rating_, i)),
                     detail::text(caicach_rating_data_note_text(rating_, i, CAICACH_LANG_VI)),
                     detail::text(caicach_rating_data_note_text(rating_, i, CAICACH_LANG_EN))});
    }
    return all;
  }
  const caicach_rating *get() const { return rating_; }

 private:
  const caicach_rating *rating_;
};

// Where a task stands. Belongs to its assessment.
class task_state {
 public:
  explicit task_state(const caicach_task_state *state) : state_(state) {}
  std::string_view task() const { return detail::text(caicach_task_state_task(state_)); }
  std::string_view schedule_kind() const { return detail::text(caicach_task_state_schedule_kind(state_)); }
  task_status status() const { return static_cast<task_status>(caicach_task_state_status(state_)); }
  std::string_view status_text() const { return detail::text(caicach_task_state_status_text(state_)); }
  std::optional<std::int32_t> from_day() const { return detail::day(caicach_task_state_from(state_)); }
  std::optional<std::string_view> from() const { return detail::some(caicach_task_state_from_text(state_)); }
  std::optional<std::int32_t> due_day() const { return detail::day(caicach_task_state_due(state_)); }
  std::optional<std::string_view> due() const { return detail::some(caicach_task_state_due_text(state_)); }
  std::optional<std::int32_t> done_day() const { return detail::day(caicach_task_state_done(state_)); }
  std::optional<std::string_view> done() const { return detail::some(caicach_task_state_done_text(state_)); }
  std::optional<std::int32_t> next_due_day() const { return detail::day(caicach_task_state_next_due(state_)); }
  std::optional<std::string_view> next_due() const { return detail::some(caicach_task_state_next_due_text(state_)); }
  std::optional<std::int32_t> last_report_day() const { return detail::day(caicach_task_state_last_report(state_)); }
  std::optional<std::string_view> last_report() const { return detail::some(caicach_task_state_last_report_text(state_)); }
  std::uint32_t days_overdue() const { return caicach_task_state_days_overdue(state_); }
  std::uint32_t missed() const { return caicach_task_state_missed(state_); }
  std::uint32_t reports() const { return caicach_task_state_reports(state_); }
  auto lead() const {
    return detail::list<caicach_task_state, std::string_view, caicach_task_state_lead_count, caicach_task_state_lead_at>(state_);
  }
  std::vector<owed> owes() const {
    std::vector<owed> all;
    for (std::size_t i = 0; i < caicach_task_state_owed_count(state_); ++i) {
      all.push_back({detail::text(caicach_task_state_owed_body(state_, i)),
                     detail::text(caicach_task_state_owed_role(state_, i)), caicach_task_state_owed_members(state_, i)});
    }
    return all;
  }
  const caicach_task_state *get() const { return state_; }

 private:
  const caicach_task_state *state_;
};

// Progress towards a target that is not yet due: information, never a verdict. Belongs to its assessment.
class progress {
 public:
  explicit progress(const caicach_progress *progress) : progress_(progress) {}
  std::string_view rule() const { return detail::text(caicach_progress_rule(progress_)); }
  std::string_view subject_kind() const { return detail::text(caicach_progress_subject_kind(progress_)); }
  std::string_view subject_id() const { return detail::text(caicach_progress_subject_id(progress_)); }
  std::string_view subject_name() const { return detail::text(caicach_progress_subject_name(progress_)); }
  std::string_view unit() const { return detail::text(caicach_progress_unit(progress_)); }
  // `kind` is one of the CAICACH_PROGRESS_ constants.
  std::optional<fraction> value(caicach_progress_value_kind kind) const {
    fraction found{0, 1};
    if (!caicach_progress_value(progress_, kind, &found.numerator, &found.denominator)) return std::nullopt;
    return found;
  }
  // To two places, for display.
  std::optional<std::string_view> value_text(caicach_progress_value_kind kind) const {
    return detail::some(caicach_progress_value_text(progress_, kind));
  }
  std::optional<std::string_view> date(caicach_progress_value_kind kind) const {
    return detail::some(caicach_progress_date_text(progress_, kind));
  }
  std::vector<path_point> path() const {
    std::vector<path_point> all;
    for (std::size_t i = 0; i < caicach_progress_path_count(progress_); ++i) {
      all.push_back({detail::text(caicach_progress_path_date_text(progress_, i)),
                     detail::text(caicach_progress_path_even_text(progress_, i)),
                     detail::text(caicach_progress_path_back_loaded_text(progress_, i))});
    }
    return all;
  }
  bool projected() const { return caicach_progress_projected(progress_); }
  bool enough() const { return caicach_progress_enough(progress_); }
  std::string_view text(lang in = lang::vi) const {
    return detail::text(caicach_progress_text(progress_, static_cast<caicach_lang>(in)));
  }
  const caicach_progress *get() const { return progress_; }

 private:
  const caicach_progress *progress_;
};

// What one other option of a reading would change. Belongs to its assessment.
class dependence {
 public:
  explicit dependence(const caicach_dependence *dependence) : dependence_(dependence) {}
  std::string_view reading() const { return detail::text(caicach_dependence_reading(dependence_)); }
  std::string_view question(lang in = lang::vi) const {
    return detail::text(caicach_dependence_question(dependence_, static_cast<caicach_lang>(in)));
  }
  std::string_view taken() const { return detail::text(caicach_dependence_taken(dependence_)); }
  std::string_view option() const { return detail::text(caicach_dependence_option(dependence_)); }
  std::string_view option_text(lang in = lang::vi) const {
    return detail::text(caicach_dependence_option_text(dependence_, static_cast<caicach_lang>(in)));
  }
  std::string_view text(lang in = lang::vi) const {
    return detail::text(caicach_dependence_text(dependence_, static_cast<caicach_lang>(in)));
  }
  // How many findings of each rule it would change.
  std::vector<std::pair<std::string_view, std::uint64_t>> by_rule() const {
    std::vector<std::pair<std::string_view, std::uint64_t>> all;
    for (std::size_t i = 0; i < caicach_dependence_rule_count(dependence_); ++i) {
      all.emplace_back(detail::text(caicach_dependence_rule_at(dependence_, i)),
                       caicach_dependence_rule_changes(dependence_, i));
    }
    return all;
  }
  std::vector<change> changes() const {
    std::vector<change> all;
    for (std::size_t i = 0; i < caicach_dependence_change_count(dependence_); ++i) {
      all.push_back({finding(caicach_dependence_change_finding(dependence_, i)),
                     static_cast<verdict>(caicach_dependence_change_would_be(dependence_, i))});
    }
    return all;
  }
  const caicach_dependence *get() const { return dependence_; }

 private:
  const caicach_dependence *dependence_;
};

}  // namespace caicach

#endif  // CAICACH_VIEWS_HPP
