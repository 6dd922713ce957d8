"""`python -m tests.vectors` writes the shared vectors anew; with `--check` it only says which are stale."""

import sys

from tests.vectors import make_formats, make_live_code, make_reasons, make_verdicts

MAKERS = (make_reasons, make_live_code, make_formats, make_verdicts)


def main() -> int:
    """Write or check every file."""
    stale = 0
    for maker in MAKERS:
        text = maker.written()
        if maker.FILE.exists() and maker.FILE.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" in sys.argv:
            print(f"stale: {maker.FILE.name}; run `python -m tests.vectors`", file=sys.stderr)  # noqa: T201 - a command
        else:
            maker.FILE.write_text(text, encoding="utf-8")
    return stale if "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
