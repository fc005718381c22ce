"""One script per headline figure; each prints ratios to a floor measured in the same run. See README.md."""
