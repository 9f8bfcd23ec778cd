#include "tests/store/faulty_vfs.h"

#include <csignal>
#include <new>
#include <sqlite3.h>
#include <unistd.h>

namespace ringside::store {
namespace {

FaultPlan plan;
int counted = 0;
sqlite3_vfs* real = nullptr;

// SQLITE_OK to go on; else what the operation is to return.
int change() {
  ++counted;
  const bool now = counted == plan.at;
  if (plan.what == FaultPlan::What::Kill && now) ::kill(::getpid(), SIGKILL);
  if (plan.what == FaultPlan::What::FailOnce && now) return plan.code;
  if (plan.what == FaultPlan::What::FailOn && counted >= plan.at) return plan.code;
  return SQLITE_OK;
}

struct File {
  sqlite3_file base;
  sqlite3_file* inner;  // Lies right behind.
};

sqlite3_file* inner(sqlite3_file* file) { return reinterpret_cast<File*>(file)->inner; }

int closeFile(sqlite3_file* f) { return inner(f)->pMethods->xClose(inner(f)); }
int readFile(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  return inner(f)->pMethods->xRead(inner(f), to, size, at);
}
int writeFile(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  const bool midway = plan.what == FaultPlan::What::KillMidway && counted + 1 == plan.at;
  if (const int code = change(); code != SQLITE_OK) return code;
  if (midway) {
    inner(f)->pMethods->xWrite(inner(f), from, size / 2, at);
    ::kill(::getpid(), SIGKILL);
  }
  return inner(f)->pMethods->xWrite(inner(f), from, size, at);
}
int truncateFile(sqlite3_file* f, sqlite3_int64 size) {
  if (const int code = change(); code != SQLITE_OK) return code;
  return inner(f)->pMethods->xTruncate(inner(f), size);
}
int syncFile(sqlite3_file* f, int flags) {
  if (const int code = change(); code != SQLITE_OK) return code;
  return inner(f)->pMethods->xSync(inner(f), flags);
}
int fileSize(sqlite3_file* f, sqlite3_int64* size) {
  return inner(f)->pMethods->xFileSize(inner(f), size);
}
int lockFile(sqlite3_file* f, int kind) { return inner(f)->pMethods->xLock(inner(f), kind); }
int unlockFile(sqlite3_file* f, int kind) { return inner(f)->pMethods->xUnlock(inner(f), kind); }
int checkLock(sqlite3_file* f, int* held) {
  return inner(f)->pMethods->xCheckReservedLock(inner(f), held);
}
int control(sqlite3_file* f, int op, void* argument) {
  return inner(f)->pMethods->xFileControl(inner(f), op, argument);
}
int sectorSize(sqlite3_file* f) { return inner(f)->pMethods->xSectorSize(inner(f)); }
int traits(sqlite3_file* f) { return inner(f)->pMethods->xDeviceCharacteristics(inner(f)); }
int shmMap(sqlite3_file* f, int page, int size, int extend, void volatile** to) {
  return inner(f)->pMethods->xShmMap(inner(f), page, size, extend, to);
}
int shmLock(sqlite3_file* f, int offset, int count, int flags) {
  return inner(f)->pMethods->xShmLock(inner(f), offset, count, flags);
}
void shmBarrier(sqlite3_file* f) { inner(f)->pMethods->xShmBarrier(inner(f)); }
int shmUnmap(sqlite3_file* f, int erase) { return inner(f)->pMethods->xShmUnmap(inner(f), erase); }

const sqlite3_io_methods kMethods = {2,          closeFile,  readFile, writeFile,  truncateFile,
                                     syncFile,   fileSize,   lockFile, unlockFile, checkLock,
                                     control,    sectorSize, traits,   shmMap,     shmLock,
                                     shmBarrier, shmUnmap,   nullptr,  nullptr};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* given) {
  auto* file = new (f) File{{nullptr}, nullptr};
  file->inner = reinterpret_cast<sqlite3_file*>(file + 1);
  const int code = real->xOpen(real, name, file->inner, flags, given);
  if (code == SQLITE_OK) file->base.pMethods = &kMethods;
  return code;
}

int deleteFile(sqlite3_vfs*, const char* name, int sync) {
  if (const int code = change(); code != SQLITE_OK) return code;
  return real->xDelete(real, name, sync);
}

sqlite3_vfs makeVfs() {
  real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs = *real;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  vfs.pNext = nullptr;
  vfs.zName = "faulty";
  vfs.xOpen = openFile;
  vfs.xDelete = deleteFile;
  return vfs;
}

}  // namespace

const char* faultyVfs() {
  static sqlite3_vfs vfs = makeVfs();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  return registered == SQLITE_OK ? vfs.zName : nullptr;
}

void setFaults(const FaultPlan& wanted) {
  plan = wanted;
  counted = 0;
}

int changesCounted() { return counted; }

}  // namespace ringside::store
