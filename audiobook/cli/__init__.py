"""The command line: one file per command, each a thin function over a plain function of `services`.

`boundary.main` is the entry point: every error ends there, as a message on stderr and an exit code. Results go to
stdout, messages to stderr (`console`). Nothing slow is imported before a command
runs, so that `--help` is quick.
"""
