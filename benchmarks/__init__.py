"""Commands that print the figures of README, each beside its baseline: `make bench`."""
