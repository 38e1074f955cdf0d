"""The command line: one file a command, each a thin signature over a plain function of `production`.

`boundary.main` is the one boundary: errors end here, as a sentence on stderr and an exit code. Results go to stdout,
talk to stderr. Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""
