"""Files of customers or orders: read, mapped, checked, written, and taken back.

`sheets`, `values`, `columns` and `records` are pure and run in the worker process; `matching`, `writing` and `files`
work on the database.
"""
