#include "read/stamp.h"

#include <stddef.h>
#include <time.h>

date_result stamp_epoch(double number, char *iso) {
  static const double units[] = {1, 1e3, 1e6};
  static const double first = 1e8, last = 4102444800.0;
  iso[0] = '\0';
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    double seconds = number / units[i];
    struct tm t;
    if (!(seconds >= first && seconds < last))
      continue;
    time_t moment = (time_t)seconds;
    if (gmtime_r(&moment, &t) &&
        strftime(iso, DATE_ISO_SIZE, "%Y-%m-%dT%H:%M:%S", &t) > 0)
      return DATE_FOUND;
  }
  return DATE_UNCLEAR;
}
