#include <xapian.h>

#include "xapian_shim.h"

size_t xap_sortable_serialise(double number, char bytes[16]) {
  return Xapian::sortable_serialise_(number, bytes); // never throws
}
