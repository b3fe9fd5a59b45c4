"""Many readers at once, and what must not happen to them: `python -m tests.soak`."""
