"""`python -m audiobook`, and the `audiobook` command."""

from audiobook.cli import main

if __name__ == "__main__":
    main()
