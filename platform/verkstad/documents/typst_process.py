"""One typst compilation in a process of its own, run as a script by `typesetting`.

In the server's own process typst would keep the last ten documents in memory, hundreds of megabytes for large ones,
and hold up every phone in the hall while it works. The job comes as JSON on standard input; the file, or the reasons
there is none, goes to standard output, and the exit code tells which.
"""

from __future__ import annotations

import json
import sys

REFUSED = 3


def main() -> int:
    job = json.load(sys.stdin)
    # The paths of whoever asks, so that the same typst is found however that process was started.
    sys.path[:] = job["path"]
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=job["fonts"])
    try:
        file = typst.compile(
            job["template"].encode(),
            font_paths=fonts,
            sys_inputs={"document": job["document"]},
            **job["options"],
        )
    except typst.TypstError as refusal:
        sys.stdout.buffer.write(refusal.diagnostic.encode())
        return REFUSED
    sys.stdout.buffer.write(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
