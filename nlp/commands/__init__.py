"""The sub-commands of `python -m nlp`, one module each."""
