"""History in, segments, risk and value out. Pure arrays and records."""
