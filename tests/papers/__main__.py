"""`python -m tests.papers`: how well invented papers are read, field by field."""

import argparse
import sys

from tests.papers.judging import JUDGED, judge


def main() -> int:
    """Judge and print the shares; `--show` lists failures of the set that may be looked at."""
    parser = argparse.ArgumentParser(prog="tests.papers", description=__doc__)
    parser.add_argument("--set", choices=("build", "held-out"), default="build")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="failures of a field")
    options = parser.parse_args()
    tally = judge(options.set, range(options.first, options.first + options.count))
    say = sys.stdout.write
    say(f"{tally.papers} papers of {options.set}\n{'field':<14}{'right':>8}{'boldly wrong':>14}\n")
    for name in JUDGED:
        say(f"{name.value:<14}{tally.share(name):>8.1%}{tally.bold_share(name):>14.2%}\n")
        if options.set == "build":
            of_name = [each for each in tally.failures if each[1] is name][: options.show]
            for index, _, wanted, got, confidence in of_name:
                say(f"    {index}: {wanted!r} read as {got!r} ({confidence:.2f})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
