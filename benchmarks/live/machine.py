"""Where the figures come from: enough to compare, nothing that names the machine."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
from pathlib import Path

from benchmarks.live import reference


def describe() -> dict[str, str | int]:
    """Processor, cores, memory, kernel, and the versions of what runs."""
    info = Path("/proc/cpuinfo").read_text()
    memory = int(Path("/proc/meminfo").read_text().split()[1])
    return {
        "cpu": next((line.partition(":")[2].strip() for line in info.splitlines() if "model name" in line), "unknown"),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(memory / 1e6),
        "kernel": platform.release().partition("-")[0],
        "python": platform.python_version(),
        "node": subprocess.run([reference.node(), "--version"], capture_output=True, text=True).stdout.strip(),
    }


def prepare() -> None:
    """Files enough for a hall, and before others in the queue for the processor where we may decide that."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -10)
        Path("/proc/self/autogroup").write_text("-10")
    except OSError:
        return  # the noise that others make is measured either way
