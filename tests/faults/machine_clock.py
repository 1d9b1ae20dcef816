"""A machine's clock for one process, which can be set while the process runs: as an administrator or NTP does it.

The process is started with a library that adds seconds from a file to what the system's clock says; its monotonic clock
goes on untouched, as a real one does. Needs a C compiler, and a system that knows LD_PRELOAD.
"""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests import postgres

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile long *seconds;
static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("MACHINE_CLOCK"), O_RDONLY);
    seconds = mmap(NULL, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    real = dlsym(RTLD_NEXT, "clock_gettime");
}

int clock_gettime(clockid_t which, struct timespec *found) {
    if (real == NULL) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, found);
    if (!failed && seconds && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) found->tv_sec += *seconds;
    return failed;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *found, void *zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    found->tv_sec = now.tv_sec;
    found->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""


class MachineClock:
    """The clock of the processes that are started with `settings`; `folder` keeps the library and the seconds."""

    def __init__(self, folder: Path, shows: datetime) -> None:
        compiler = shutil.which("cc")
        if compiler is None:
            postgres.unavailable("compiler", "no C compiler found: install gcc")
        source, library, seconds = (folder / name for name in ("clock.c", "clock.so", "seconds"))
        source.write_text(SOURCE)
        seconds.write_bytes(struct.pack("l", 0))
        subprocess.run([str(compiler), "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        with seconds.open("r+b") as file:
            self._seconds = mmap.mmap(file.fileno(), struct.calcsize("l"))
        self.settings = {"LD_PRELOAD": str(library), "MACHINE_CLOCK": str(seconds), "SALES_CLOCK_URL": ""}
        self._set(shows)

    def now(self) -> datetime:
        """What it shows."""
        ahead: int = struct.unpack("l", self._seconds[:])[0]
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + ahead, UTC)

    async def move_to(self, instant: datetime) -> None:
        """It is set, and nobody is told."""
        self._set(instant)

    def _set(self, instant: datetime) -> None:
        ahead = round((instant - datetime.now(UTC)).total_seconds())
        self._seconds[:] = struct.pack("l", ahead)
