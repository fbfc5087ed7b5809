// Part of caicach.hpp, which includes it: calendars, agendas, differences of plans, amendments, apportioning.
#ifndef CAICACH_PLANS_HPP
#define CAICACH_PLANS_HPP

#ifndef CAICACH_HPP
#error "include caicach.hpp instead"
#endif

namespace caicach {

class plan;

// A working calendar: weekends, holidays and swapped days are off, make-up Saturdays are worked. Days are days since
// 1970-01-01; a half day is twice its day, and one more for the afternoon.
class calendar {
 public:
  static calendar builtin() { return calendar(detail::made<caicach_calendar>(caicach_calendar_builtin)); }
  // With days of one's own laid over it (TOML, schema caicach/holidays/1).
  calendar with_holidays(std::string_view toml) const {
    return calendar(detail::made<caicach_calendar>([&](caicach_calendar **out, caicach_error **error) {
      return caicach_calendar_with_holidays(get(), toml.data(), toml.size(), out, error);
    }));
  }
  // With an optional day switched on: "culture_day".
  calendar with_optional(std::string_view id) const {
    return calendar(detail::made<caicach_calendar>([&](caicach_calendar **out, caicach_error **error) {
      return caicach_calendar_with_optional(get(), id.data(), id.size(), out, error);
    }));
  }
  bool is_working(std::int32_t day) const { return caicach_calendar_is_working(get(), day); }
  bool is_estimated(std::int32_t year) const { return caicach_calendar_is_estimated(get(), year); }
  std::uint32_t working_days(std::int32_t from, std::int32_t to) const {
    return caicach_calendar_working_days(get(), from, to);
  }
  std::optional<std::int32_t> add_working_days(std::int32_t received, std::uint32_t n) const {
    return known(caicach_calendar_add_working_days(get(), received, n));
  }
  std::optional<std::int32_t> add_half_days(std::int32_t received, std::uint32_t n) const {
    return known(caicach_calendar_add_half_days(get(), received, n));
  }
  std::optional<std::int32_t> working_days_between(std::int32_t from, std::int32_t to) const {
    return known(caicach_calendar_working_days_between(get(), from, to));
  }
  std::string days_off_json(std::int32_t from, std::int32_t to) const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_calendar_days_off_json(get(), from, to, out, error);
    });
  }
  std::string fingerprint() const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_calendar_fingerprint(get(), out, error);
    });
  }
  const caicach_calendar *get() const { return handle_.get(); }

 private:
  explicit calendar(caicach_calendar *handle) : handle_(handle) {}
  static std::optional<std::int32_t> known(std::int32_t day) {
    return day == CAICACH_NO_DATE ? std::nullopt : std::optional<std::int32_t>(day);
  }
  detail::handle<caicach_calendar, caicach_calendar_free> handle_;
};

// The first day of the lunar year that begins in a year, and Hùng Kings' day; none outside 1900 to 2100.
inline std::optional<std::int32_t> lunar_new_year(std::int32_t year) {
  const std::int32_t day = caicach_lunar_new_year(year);
  return day == CAICACH_NO_DATE ? std::nullopt : std::optional<std::int32_t>(day);
}
inline std::optional<std::int32_t> hung_kings_day(std::int32_t year) {
  const std::int32_t day = caicach_hung_kings_day(year);
  return day == CAICACH_NO_DATE ? std::nullopt : std::optional<std::int32_t>(day);
}

// The lunar date of a day, and the day of a lunar date; an error where there is none.
inline caicach_lunar_date solar_to_lunar(std::int32_t day) {
  caicach_lunar_date found{};
  detail::done([&](caicach_error **error) { return caicach_solar_to_lunar(day, &found, error); });
  return found;
}
inline std::int32_t lunar_to_solar(const caicach_lunar_date &date) {
  std::int32_t found = 0;
  detail::done([&](caicach_error **error) { return caicach_lunar_to_solar(&date, &found, error); });
  return found;
}

// One thing that falls due. Belongs to its agenda.
class agenda_item {
 public:
  explicit agenda_item(const caicach_agenda_item *item) : item_(item) {}
  std::int32_t due_day() const { return caicach_agenda_item_due(item_); }
  std::string_view due() const { return detail::text(caicach_agenda_item_due_text(item_)); }
  std::string_view from() const { return detail::text(caicach_agenda_item_period_from_text(item_)); }
  std::string_view to() const { return detail::text(caicach_agenda_item_period_to_text(item_)); }
  std::string_view kind() const { return detail::text(caicach_agenda_item_kind(item_)); }
  std::string_view id() const { return detail::text(caicach_agenda_item_id(item_)); }
  std::string_view clause() const { return detail::text(caicach_agenda_item_clause(item_)); }
  auto who() const {
    return detail::list<caicach_agenda_item, std::string_view, caicach_agenda_item_who_count, caicach_agenda_item_who_at>(item_);
  }
  std::string_view text(lang in = lang::vi) const {
    return detail::text(caicach_agenda_item_text(item_, static_cast<caicach_lang>(in)));
  }
  // The person whose record has changed, where it is about one.
  std::optional<std::string_view> about() const { return detail::some(caicach_agenda_item_about(item_)); }
  const caicach_agenda_item *get() const { return item_; }

 private:
  const caicach_agenda_item *item_;
};

// All that falls due between two days.
class agenda {
 public:
  explicit agenda(caicach_agenda *handle) : handle_(handle) {}
  auto items() const {
    return detail::list<caicach_agenda, agenda_item, caicach_agenda_item_count, caicach_agenda_item_at>(get());
  }
  // `stamp` is the day that the events give as that of their making.
  std::string to_ical(std::string_view stamp, lang in = lang::vi) const {
    return detail::string([&](caicach_text **out, caicach_error **error) {
      return caicach_agenda_to_ical(get(), stamp.data(), stamp.size(), static_cast<caicach_lang>(in), out, error);
    });
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) { return caicach_agenda_to_json(get(), out, error); });
  }
  const caicach_agenda *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_agenda, caicach_agenda_free> handle_;
};

// A field that differs; values are JSON texts.
struct field_difference {
  std::string_view path;
  std::optional<std::string_view> before;
  std::optional<std::string_view> after;
};

// A record of a plan that differs. Belongs to its diff.
class difference {
 public:
  explicit difference(const caicach_difference *difference) : difference_(difference) {}
  std::string_view part() const { return detail::text(caicach_difference_part(difference_)); }
  std::string_view id() const { return detail::text(caicach_difference_id(difference_)); }
  std::string_view fate() const { return detail::text(caicach_difference_fate(difference_)); }
  std::string_view text(lang in = lang::vi) const {
    return detail::text(caicach_difference_text(difference_, static_cast<caicach_lang>(in)));
  }
  std::vector<field_difference> fields() const {
    std::vector<field_difference> all;
    for (std::size_t i = 0; i < caicach_difference_field_count(difference_); ++i) {
      all.push_back({detail::text(caicach_difference_field_path(difference_, i)),
                     detail::some(caicach_difference_field_before(difference_, i)),
                     detail::some(caicach_difference_field_after(difference_, i))});
    }
    return all;
  }
  const caicach_difference *get() const { return difference_; }

 private:
  const caicach_difference *difference_;
};

// Everything in which two plans differ.
class diff {
 public:
  explicit diff(caicach_diff *handle) : handle_(handle) {}
  auto differences() const {
    return detail::list<caicach_diff, difference, caicach_diff_count, caicach_diff_at>(get());
  }
  // What rules demand otherwise: the rule and the field.
  std::vector<std::pair<std::string_view, field_difference>> thresholds() const {
    std::vector<std::pair<std::string_view, field_difference>> all;
    for (std::size_t i = 0; i < caicach_diff_threshold_count(get()); ++i) {
      all.emplace_back(detail::text(caicach_diff_threshold_rule(get(), i)),
                       field_difference{detail::text(caicach_diff_threshold_path(get(), i)),
                                        detail::some(caicach_diff_threshold_before(get(), i)),
                                        detail::some(caicach_diff_threshold_after(get(), i))});
    }
    return all;
  }
  std::string_view text(lang in = lang::vi) const {
    return detail::text(caicach_diff_text(get(), static_cast<caicach_lang>(in)));
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) { return caicach_diff_to_json(get(), out, error); });
  }
  const caicach_diff *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_diff, caicach_diff_free> handle_;
};

// A finding whose verdict differs between two plans; none where a plan has no such finding.
struct verdict_change {
  std::string rule;
  std::string subject_id;
  std::string from;
  std::string to;
  std::optional<verdict> before;
  std::optional<verdict> after;
};

namespace detail {

inline std::optional<verdict> found(caicach_verdict number) {
  return number == 0 ? std::nullopt : std::optional<verdict>(static_cast<verdict>(number));
}

inline std::vector<verdict_change> told(const caicach_verdict_changes *changes) {
  std::vector<verdict_change> all;
  for (std::size_t i = 0; i < caicach_verdict_changes_count(changes); ++i) {
    all.push_back({std::string(text(caicach_verdict_changes_rule(changes, i))),
                   std::string(text(caicach_verdict_changes_subject_id(changes, i))),
                   std::string(text(caicach_verdict_changes_from_text(changes, i))),
                   std::string(text(caicach_verdict_changes_to_text(changes, i))),
                   found(caicach_verdict_changes_before(changes, i)), found(caicach_verdict_changes_after(changes, i))});
  }
  return all;
}

}  // namespace detail

// One dated change of an amendment.
struct amendment_change {
  std::string_view date;
  std::string_view action;
  std::string_view what;
  // None for a reorganisation.
  std::optional<std::string_view> target;
};

// Dated changes to a plan.
class amendment {
 public:
  explicit amendment(caicach_amendment *handle) : handle_(handle) {}
  static amendment from_toml(std::string_view toml) {
    return amendment(detail::made<caicach_amendment>([&](caicach_amendment **out, caicach_error **error) {
      return caicach_amendment_from_toml(toml.data(), toml.size(), out, error);
    }));
  }
  std::string_view number() const { return detail::text(caicach_amendment_number(get())); }
  std::string_view title() const { return detail::text(caicach_amendment_title(get())); }
  std::string_view date() const { return detail::text(caicach_amendment_date_text(get())); }
  std::vector<amendment_change> changes() const {
    std::vector<amendment_change> all;
    for (std::size_t i = 0; i < caicach_amendment_change_count(get()); ++i) {
      all.push_back({detail::text(caicach_amendment_change_date_text(get(), i)),
                     detail::text(caicach_amendment_change_action(get(), i)),
                     detail::text(caicach_amendment_change_what(get(), i)),
                     detail::some(caicach_amendment_change_target(get(), i))});
    }
    return all;
  }
  const caicach_amendment *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_amendment, caicach_amendment_free> handle_;
};

// A plan with amendments, in force as amended on any day.
class amended_plan {
 public:
  explicit amended_plan(caicach_amended_plan *handle) : handle_(handle) {}
  // Defined after plan.
  plan on(std::string_view day) const;
  // The days from which it reads otherwise.
  auto versions() const {
    return detail::list<caicach_amended_plan, std::string_view, caicach_amended_plan_version_count,
                        caicach_amended_plan_version_date_text>(get());
  }
  const caicach_amended_plan *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_amended_plan, caicach_amended_plan_free> handle_;
};

// A body of a plan.
struct named_body {
  std::string id;
  std::string name;
};

namespace detail {

template <typename Call>
std::vector<named_body> named(Call &&call) {
  handle<caicach_bodies, caicach_bodies_free> bodies(made<caicach_bodies>(std::forward<Call>(call)));
  std::vector<named_body> all;
  for (std::size_t i = 0; i < caicach_bodies_count(bodies.get()); ++i) {
    all.push_back({std::string(text(caicach_bodies_id(bodies.get(), i))),
                   std::string(text(caicach_bodies_name(bodies.get(), i)))});
  }
  return all;
}

}  // namespace detail

// A body among which a cut is apportioned.
struct holder {
  std::string_view id;
  std::uint64_t posts;
  // The posts that it must keep.
  std::uint64_t floor = 0;
  // Gives nothing, and its posts do not count.
  bool exempt = false;
};

// What one body gives.
struct lot {
  std::string_view id;
  std::uint64_t posts;
  std::uint64_t cut;
  std::uint64_t left;
  std::string_view because;
};

// A cut apportioned.
class apportionment {
 public:
  explicit apportionment(caicach_apportionment *handle) : handle_(handle) {}
  std::uint64_t cut() const { return caicach_apportionment_cut(get()); }
  std::vector<lot> lots() const {
    std::vector<lot> all;
    for (std::size_t i = 0; i < caicach_apportionment_lot_count(get()); ++i) {
      all.push_back({detail::text(caicach_apportionment_lot_id(get(), i)), caicach_apportionment_lot_posts(get(), i),
                     caicach_apportionment_lot_cut(get(), i), caicach_apportionment_lot_left(get(), i),
                     detail::text(caicach_apportionment_lot_because(get(), i))});
    }
    return all;
  }
  std::string to_json() const {
    return detail::string([&](caicach_text **out, caicach_error **error) { return caicach_apportionment_to_json(get(), out, error); });
  }
  const caicach_apportionment *get() const { return handle_.get(); }

 private:
  detail::handle<caicach_apportionment, caicach_apportionment_free> handle_;
};

// Divides a cut of posts among bodies by largest remainder, so that the sum is the cut exactly.
inline apportionment apportion(std::uint64_t cut, const std::vector<holder> &holders) {
  std::vector<caicach_holder> all;
  for (const auto &one : holders) {
    all.push_back({one.id.data(), one.id.size(), one.posts, one.floor, one.exempt ? 1u : 0u, 0});
  }
  return apportionment(detail::made<caicach_apportionment>([&](caicach_apportionment **out, caicach_error **error) {
    return caicach_apportion(cut, all.data(), all.size(), out, error);
  }));
}

}  // namespace caicach

#endif  // CAICACH_PLANS_HPP
