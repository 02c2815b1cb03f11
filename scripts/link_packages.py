"""Link saidao/mcda, saidao/optimize and saidao/data to the folders at the top level.

The import system needs no link (pyproject.toml maps the packages); type checkers and editors do.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("mcda", "optimize", "data")


def main() -> None:
    for name in PACKAGES:
        link = ROOT / "saidao" / name
        if not link.exists():
            link.symlink_to(Path("..") / name, target_is_directory=True)


if __name__ == "__main__":
    main()
