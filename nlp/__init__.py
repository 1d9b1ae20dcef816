"""Text in, tags, fields and dates out. Pure: no database, no clock, no chat."""
