// caicach for C++17: dossiers counted.
//
//   caicach::tally_options year;
//   year.groupings = "body;body,officer";
//   year.as_of = "2024-12-31";
//   year.start = "2024-01-01";
//   caicach::tally tally(year);
//   tally.add_csv_path("dossiers.csv");
//   auto assessment = plan.assess(tally.to_facts("body;body,officer"), caicach::options("2025-01-15"));
//
// A tally can be moved, not copied, and is used by one thread at a time. What is asked of it is a copy of its own.
#ifndef CAICACH_TALLY_HPP
#define CAICACH_TALLY_HPP

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "caicach.hpp"

namespace caicach {

namespace detail {

// A number that may be absent.
template <typename Call>
std::optional<std::uint64_t> number(Call &&call) {
  std::uint64_t found = 0;
  return call(&found) ? std::optional<std::uint64_t>(found) : std::nullopt;
}

// A text that may be absent, copied.
inline std::optional<std::string> copied(const char *data) {
  return data == nullptr ? std::nullopt : std::optional<std::string>(data);
}

}  // namespace detail

// How dossiers are counted. What is not set is as CAICACH_TALLY_OPTIONS_INIT has it.
struct tally_options {
  // "body;body,officer;body,field,month".
  std::string groupings;
  // "2024-12-31".
  std::string as_of;
  // "2024-01-01"; empty for none.
  std::string start;
  std::string holidays;
  std::int32_t suspension = CAICACH_SUSPENSION_WORKING_DAYS;
  std::int32_t repeat_supplement = CAICACH_REPEAT_SUPPLEMENT_IGNORE;
  std::int32_t cancelled = CAICACH_CANCELLED_COUNTED;
  std::uint32_t threads = 1;
  std::uint64_t keep_rejects = 10000;
  std::uint64_t reject_limit = UINT64_MAX;

  // The options as C takes them; valid as long as these.
  caicach_tally_options get() const {
    caicach_tally_options all = CAICACH_TALLY_OPTIONS_INIT;
    all.groupings = groupings.c_str();
    all.groupings_len = groupings.size();
    all.as_of = as_of.c_str();
    all.as_of_len = as_of.size();
    all.start = start.empty() ? nullptr : start.c_str();
    all.start_len = start.size();
    all.holidays = holidays.c_str();
    all.holidays_len = holidays.size();
    all.suspension = suspension;
    all.repeat_supplement = repeat_supplement;
    all.cancelled = cancelled;
    all.threads = threads;
    all.keep_rejects = keep_rejects;
    all.reject_limit = reject_limit;
    return all;
  }
};

// How a CSV text is read.
struct csv_options {
  // "utf-8", "tcvn3", "vni", "cp1258".
  std::string encoding;
  // The name for the table of rejected rows.
  std::optional<std::string> label;
  // Heading and column; an empty column leaves it aside.
  std::vector<std::pair<std::string, std::string>> columns;
  // Called with bytes, rows and rejected rows, maybe by another thread, one at a time; false stops.
  std::function<bool(std::uint64_t, std::uint64_t, std::uint64_t)> on_progress;
  std::uint64_t skip_lines = 0;
  // 0 is found out.
  char separator = 0;
};

// What a CSV text turned out to be.
struct csv_summary {
  char separator;
  std::uint64_t rows;
  std::uint64_t blank;
  std::uint64_t bytes;
  // Headings that stand for no column.
  std::vector<std::string> ignored;
};

// A row that could not be taken.
struct reject {
  std::string source;
  std::uint64_t line;
  std::string column;
  std::string value;
  std::string reason;
  std::string message;
};

// The groups of a grouping and their counts.
class groups {
 public:
  explicit groups(caicach_groups *handle) : handle_(handle) {}
  std::size_t size() const { return caicach_groups_len(get()); }
  std::optional<std::string_view> body(std::size_t index) const { return name(index, CAICACH_DIMENSION_BODY); }
  std::optional<std::string_view> officer(std::size_t index) const { return name(index, CAICACH_DIMENSION_OFFICER); }
  std::optional<std::string_view> field(std::size_t index) const { return name(index, CAICACH_DIMENSION_FIELD); }
  // The first day of the month, as days since 1970-01-01.
  std::optional<std::int32_t> month(std::size_t index) const {
    std::int32_t day = caicach_groups_month(get(), index);
    return day == CAICACH_NO_DATE ? std::nullopt : std::optional<std::int32_t>(day);
  }
  // By one of the CAICACH_COUNT_ constants; none where it is not known.
  std::optional<std::uint64_t> count(std::size_t index, std::int32_t which) const {
    std::uint64_t number = 0;
    return caicach_groups_count(get(), index, which, &number) ? std::optional<std::uint64_t>(number) : std::nullopt;
  }
  const caicach_groups *get() const { return handle_.get(); }

 private:
  std::optional<std::string_view> name(std::size_t index, std::int32_t dimension) const {
    return detail::some(caicach_groups_name(get(), index, dimension));
  }
  detail::handle<caicach_groups, caicach_groups_free> handle_;
};

// The pending dossiers of a group that fall due on one day.
struct act {
  std::optional<std::string> body;
  std::optional<std::string> officer;
  std::optional<std::string> field;
  // Days since 1970-01-01.
  std::int32_t due;
  std::int32_t days_left;
  std::uint64_t dossiers;
  // Whether they decide if the group reaches the share.
  bool decides;
  // How many of the group's pending ones may be resolved late; none where the share is reached anyway.
  std::optional<std::uint64_t> of_pending;
};

// How far a group's late share is from a threshold.
struct headroom {
  std::optional<std::string> body;
  std::optional<std::string> officer;
  std::optional<std::string> field;
  std::optional<std::uint64_t> more_late;
  std::optional<std::uint64_t> of_pending;
  std::uint64_t in_time_needed;
  std::uint64_t overdue_by_rule;
  // Days left and pending dossiers.
  std::vector<std::pair<std::int32_t, std::uint64_t>> by_days_left;
};

// Dossiers counted by any set of groupings. It changes: one thread at a time. What throws changes nothing.
class tally {
 public:
  explicit tally(const tally_options &options)
      : handle_(detail::made<caicach_tally>([&](caicach_tally **out, caicach_error **error) {
          caicach_tally_options given = options.get();
          return caicach_tally_new(&given, out, error);
        })) {}
  static tally from_bytes(std::string_view bytes) {
    return tally(detail::made<caicach_tally>([&](caicach_tally **out, caicach_error **error) {
      const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.data());
      return caicach_tally_from_bytes(data, bytes.size(), nullptr, out, error);
    }));
  }

  csv_summary add_csv(std::string_view text, const csv_options &options = {}) {
    return add(options, [&](const caicach_csv_options *given, caicach_csv_summary **out, caicach_error **error) {
      return caicach_tally_add_csv(handle_.get(), text.data(), text.size(), given, out, error);
    });
  }
  csv_summary add_csv_path(std::string_view path, const csv_options &options = {}) {
    return add(options, [&](const caicach_csv_options *given, caicach_csv_summary **out, caicach_error **error) {
      return caicach_tally_add_csv_path(handle_.get(), path.data(), path.size(), given, out, error);
    });
  }
  // The stream is released in any case.
  void add_arrow(ArrowArrayStream *stream, std::string_view label = {}) {
    detail::done([&](caicach_error **error) {
      return caicach_tally_add_arrow(handle_.get(), stream, label.data(), label.size(), nullptr, 0, error);
    });
  }
  tally &operator+=(const tally &other) {
    detail::done([&](caicach_error **error) { return caicach_tally_merge(handle_.get(), other.get(), error); });
    return *this;
  }
  tally &operator-=(const tally &other) {
    detail::done([&](caicach_error **error) { return caicach_tally_subtract(handle_.get(), other.get(), error); });
    return *this;
  }
  // Days since 1970-01-01.
  void move_to(std::int32_t as_of_days) {
    detail::done([&](caicach_error **error) { return caicach_tally_move_to(handle_.get(), as_of_days, error); });
  }
  // The dimension is "body", "officer" or "field".
  void rename(std::string_view dimension, std::string_view from, std::string_view to) {
    detail::done([&](caicach_error **error) {
      return caicach_tally_rename(handle_.get(), dimension.data(), dimension.size(), from.data(), from.size(), to.data(),
                                  to.size(), error);
    });
  }

  // The same rows by fewer groupings.
  tally only(std::string_view groupings) const {
    return tally(detail::made<caicach_tally>([&](caicach_tally **out, caicach_error **error) {
      return caicach_tally_only(get(), groupings.data(), groupings.size(), out, error);
    }));
  }
  std::string to_bytes() const {
    detail::handle<caicach_bytes, caicach_bytes_free> bytes(
        detail::made<caicach_bytes>([&](caicach_bytes **out, caicach_error **error) {
          return caicach_tally_to_bytes(get(), out, error);
        }));
    return std::string(reinterpret_cast<const char *>(caicach_bytes_data(bytes.get())), caicach_bytes_len(bytes.get()));
  }
  // By one of the CAICACH_ROWS_ constants.
  std::uint64_t rows(std::int32_t which) const { return caicach_tally_rows(get(), which); }
  caicach::groups groups(std::string_view grouping) const {
    return caicach::groups(detail::made<caicach_groups>([&](caicach_groups **out, caicach_error **error) {
      return caicach_tally_groups(get(), grouping.data(), grouping.size(), out, error);
    }));
  }
  // The caller releases the stream.
  ArrowArrayStream groups_arrow(std::string_view grouping) const {
    ArrowArrayStream out{};
    detail::done([&](caicach_error **error) {
      return caicach_tally_groups_arrow(get(), grouping.data(), grouping.size(), &out, error);
    });
    return out;
  }
  std::vector<reject> rejects() const {
    detail::handle<caicach_rejects, caicach_rejects_free> all(
        detail::made<caicach_rejects>([&](caicach_rejects **out, caicach_error **error) {
          return caicach_tally_rejects(get(), out, error);
        }));
    std::vector<reject> rows;
    for (std::size_t i = 0; i < caicach_rejects_len(all.get()); ++i) {
      auto text = [&](const char *of) { return std::string(detail::text(of)); };
      rows.push_back({text(caicach_rejects_source(all.get(), i)), caicach_rejects_line(all.get(), i),
                      text(caicach_rejects_column(all.get(), i)), text(caicach_rejects_value(all.get(), i)),
                      text(caicach_rejects_reason(all.get(), i)), text(caicach_rejects_message(all.get(), i))});
    }
    return rows;
  }
  // The share as text: "5".
  std::vector<headroom> watch(std::string_view grouping, std::string_view percent) const {
    detail::handle<caicach_watch, caicach_watch_free> all(
        detail::made<caicach_watch>([&](caicach_watch **out, caicach_error **error) {
          return caicach_tally_watch(get(), grouping.data(), grouping.size(), percent.data(), percent.size(), out, error);
        }));
    std::vector<headroom> found;
    for (std::size_t i = 0; i < caicach_watch_len(all.get()); ++i) {
      auto name = [&](std::int32_t dimension) { return detail::copied(caicach_watch_name(all.get(), i, dimension)); };
      headroom one{name(CAICACH_DIMENSION_BODY),
                   name(CAICACH_DIMENSION_OFFICER),
                   name(CAICACH_DIMENSION_FIELD),
                   detail::number([&](std::uint64_t *out) { return caicach_watch_more_late(all.get(), i, out); }),
                   detail::number([&](std::uint64_t *out) { return caicach_watch_of_pending(all.get(), i, out); }),
                   caicach_watch_in_time_needed(all.get(), i),
                   caicach_watch_overdue_by_rule(all.get(), i),
                   {}};
      for (std::size_t day = 0; day < caicach_watch_day_count(all.get(), i); ++day) {
        one.by_days_left.emplace_back(caicach_watch_days_left(all.get(), i, day),
                                      caicach_watch_dossiers(all.get(), i, day));
      }
      found.push_back(std::move(one));
    }
    return found;
  }
  std::vector<act> act_today(std::string_view grouping, std::string_view percent, std::uint32_t within_days) const {
    detail::handle<caicach_acts, caicach_acts_free> all(
        detail::made<caicach_acts>([&](caicach_acts **out, caicach_error **error) {
          return caicach_tally_act_today(get(), grouping.data(), grouping.size(), percent.data(), percent.size(),
                                         within_days, out, error);
        }));
    std::vector<act> found;
    for (std::size_t i = 0; i < caicach_acts_len(all.get()); ++i) {
      auto name = [&](std::int32_t dimension) { return detail::copied(caicach_acts_name(all.get(), i, dimension)); };
      found.push_back({name(CAICACH_DIMENSION_BODY), name(CAICACH_DIMENSION_OFFICER), name(CAICACH_DIMENSION_FIELD),
                       caicach_acts_due(all.get(), i), caicach_acts_days_left(all.get(), i),
                       caicach_acts_dossiers(all.get(), i), caicach_acts_decides(all.get(), i),
                       detail::number([&](std::uint64_t *out) { return caicach_acts_of_pending(all.get(), i, out); })});
    }
    return found;
  }
  // Facts that plans judge, by these groupings: "body;body,officer".
  caicach::facts to_facts(std::string_view groupings, std::string_view source = {}) const {
    return caicach::facts(detail::made<caicach_facts>([&](caicach_facts **out, caicach_error **error) {
      return caicach_tally_to_facts(get(), groupings.data(), groupings.size(), source.data(), source.size(), out, error);
    }));
  }
  const caicach_tally *get() const { return handle_.get(); }

 private:
  explicit tally(caicach_tally *handle) : handle_(handle) {}

  // The caller's function, and what it threw.
  struct telling {
    const csv_options *options;
    std::exception_ptr thrown;
  };
  static std::int32_t tell(void *data, std::uint64_t bytes, std::uint64_t rows, std::uint64_t rejected) noexcept {
    auto *to = static_cast<telling *>(data);
    try {
      return to->options->on_progress(bytes, rows, rejected) ? 0 : 1;
    } catch (...) {
      to->thrown = std::current_exception();
      return 1;
    }
  }

  template <typename Call>
  csv_summary add(const csv_options &options, Call &&call) {
    std::vector<caicach_column> columns;
    for (const auto &[heading, column] : options.columns) {
      columns.push_back({heading.data(), heading.size(), column.empty() ? nullptr : column.data(), column.size()});
    }
    telling to{&options, nullptr};
    caicach_csv_options given = CAICACH_CSV_OPTIONS_INIT;
    given.encoding = options.encoding.c_str();
    given.encoding_len = options.encoding.size();
    given.label = options.label ? options.label->c_str() : nullptr;
    given.label_len = options.label ? options.label->size() : 0;
    given.columns = columns.data();
    given.column_count = columns.size();
    given.on_progress = options.on_progress ? tell : nullptr;
    given.progress_data = &to;
    given.skip_lines = options.skip_lines;
    given.separator = static_cast<unsigned char>(options.separator);
    try {
      detail::handle<caicach_csv_summary, caicach_csv_summary_free> summary(detail::made<caicach_csv_summary>(
          [&](caicach_csv_summary **out, caicach_error **error) { return call(&given, out, error); }));
      csv_summary found{static_cast<char>(caicach_csv_summary_separator(summary.get())),
                        caicach_csv_summary_rows(summary.get()),
                        caicach_csv_summary_blank(summary.get()),
                        caicach_csv_summary_bytes(summary.get()),
                        {}};
      for (std::size_t i = 0; i < caicach_csv_summary_ignored_count(summary.get()); ++i) {
        found.ignored.emplace_back(detail::text(caicach_csv_summary_ignored_at(summary.get(), i)));
      }
      return found;
    } catch (const error &) {
      if (to.thrown) std::rethrow_exception(to.thrown);
      throw;
    }
  }

  detail::handle<caicach_tally, caicach_tally_free> handle_;
};

}  // namespace caicach

#endif  // CAICACH_TALLY_HPP
