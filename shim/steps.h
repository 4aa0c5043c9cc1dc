// Weights by the value of a slot.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_STEPS_H
#define SHIM_STEPS_H

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "xapian_shim.h"

namespace shim {

// Matches documents with a value, and weighs them by it.
class step_source : public Xapian::ValuePostingSource {
public:
  step_source(Xapian::valueno slot, const xap_step *steps, size_t count);

  double get_weight() const override;
  step_source *clone() const override;
  void init(const Xapian::Database &database) override;
  std::string get_description() const override;

private:
  using step = std::pair<std::string, double>;
  using shared_steps = std::shared_ptr<const std::vector<step>>;

  step_source(Xapian::valueno number, shared_steps steps, double highest)
      : ValuePostingSource(number), steps_(std::move(steps)),
        highest_(highest) {}

  shared_steps steps_;
  double highest_ = 0;
};

} // namespace shim

#endif
