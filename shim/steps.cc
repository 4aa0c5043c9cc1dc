#include <xapian.h>

#include "steps.h"

#include <algorithm>

namespace shim {

step_source::step_source(Xapian::valueno number, const xap_step *steps,
                         size_t count)
    : ValuePostingSource(number) {
  auto copy = std::make_shared<std::vector<step>>();
  copy->reserve(count);
  for (size_t i = 0; i < count; i++) {
    copy->emplace_back(std::string(steps[i].from.data, steps[i].from.length),
                       steps[i].weight);
    highest_ = std::max(highest_, steps[i].weight);
  }
  steps_ = std::move(copy);
}

void step_source::init(const Xapian::Database &database) {
  ValuePostingSource::init(database);
  set_maxweight(highest_);
}

double step_source::get_weight() const {
  const std::string value = get_value();
  auto above = std::upper_bound(
      steps_->begin(), steps_->end(), value,
      [](const std::string &v, const step &s) { return v < s.first; });
  return above == steps_->begin() ? 0 : std::prev(above)->second;
}

step_source *step_source::clone() const {
  // make_unique can't reach the constructor.
  return std::unique_ptr<step_source>(
             new step_source(get_slot(), steps_, highest_))
      .release();
}

std::string step_source::get_description() const {
  return "steps of " + std::to_string(get_slot());
}

} // namespace shim
