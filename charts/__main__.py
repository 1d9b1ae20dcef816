"""`python -m charts gallery FOLDER`: one picture of each kind is written there."""

import sys
from pathlib import Path

from charts import gallery

USAGE = "python -m charts gallery FOLDER"


def main(words: list[str]) -> int:
    """The exit status; each written file with its size is printed."""
    if len(words) != 2 or words[0] != "gallery":
        print(USAGE, file=sys.stderr)
        return 2
    for path in gallery.write(Path(words[1])):
        print(f"{path}  {path.stat().st_size / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
