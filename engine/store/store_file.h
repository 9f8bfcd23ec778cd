// openStore: brings a run store's file into a state in which it can be used, whatever it is in.
//
// Model     New or old files are brought to the present schema, a backup before that; a file of a
//           newer Ringside is opened to be read only; a damaged file is set aside under another
//           name and the newest sound backup takes its place; where no file can be had (no right to
//           write, a full disk, locked by another program), the store lives in memory.
// Promise   Never fails, never deletes or overwrites a file that may hold runs. `message` is one
//           sentence for a person where something is not as usual, else empty.
// Cost      Reads the whole file once (SQLite's quick_check): about a second for 500 MB.
#pragma once

#include <SQLiteCpp/Database.h>
#include <cstdint>
#include <memory>
#include <string>

namespace ringside::store {

enum class Holding {
  File,      // Read and written.
  ReadOnly,  // Read; what is new goes to memory.
  Memory,
};

struct OpenedStore {
  std::unique_ptr<SQLite::Database> database;
  Holding holding = Holding::Memory;
  std::string message;
};

struct StoreFile {
  std::string path;  // Empty: in memory.
  std::int64_t nowMs = 0;
  const char* vfs = nullptr;  // Of SQLite; null: the usual one. Tests put faulty disks here.
  int busyMs = 2000;          // How long to wait for another program that writes.
};

OpenedStore openStore(const StoreFile& file);
// An empty one with the present schema, whose run ids are above all of a file.
std::unique_ptr<SQLite::Database> memoryStore();

// Run ids from here on are of memory.
inline constexpr std::int64_t kFirstMemoryId = std::int64_t{1} << 40;

// What an error of SQLite means to a person: "the disk is full".
std::string reasonOf(const SQLite::Exception& error);

}  // namespace ringside::store
