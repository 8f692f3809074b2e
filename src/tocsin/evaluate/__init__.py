"""Benchmarks: predictions through the same path that `run` uses, and counts that add."""
