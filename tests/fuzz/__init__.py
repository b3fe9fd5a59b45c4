"""Fuzzing of every parser: `python -m tests.fuzz --minutes 60`, see docs/reliability.md."""
