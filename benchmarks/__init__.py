"""The numbers, measured: python -m benchmarks (make bench)."""
