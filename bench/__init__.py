"""Benchmarks: two ways side by side, told as ratios."""
