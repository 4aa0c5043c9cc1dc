// Whether the files of two glass databases are the same, block for block.
#ifndef FUZZ_SAME_BLOCKS_H
#define FUZZ_SAME_BLOCKS_H

#include <string>

// A table's file in both folders, or in neither; bytes that are not used aside.
bool same_table(const std::string &one, const std::string &other,
                const std::string &table, size_t block_size);

// All of them, and the version files but for their UUIDs.
bool same_database(const std::string &one, const std::string &other,
                   size_t block_size);

#endif
