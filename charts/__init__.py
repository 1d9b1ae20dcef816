"""Records in, PNG out, with a Chinese font. Pure."""
