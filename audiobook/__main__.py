"""`python -m audiobook`, and the `audiobook` command."""

from typing import NoReturn

from audiobook.cli import stopping


def main() -> NoReturn:
    """Run the command line; from its first moment on, Ctrl-C is answered in our words."""
    stopping.listen()
    from audiobook.cli import boundary  # noqa: PLC0415  # takes a tenth of a second

    boundary.main()


if __name__ == "__main__":
    main()
