"""One free message → action, customer, fields; and the keys by which customers are found in a message."""

from nlp.names import name_keys, pinyin_keys
from nlp.reader.appointments import tasks_in
from nlp.reader.customers import Known
from nlp.reader.mentions import mentions
from nlp.reader.pasted import rows as split_list
from nlp.reader.reading import Action, Reading
from nlp.reader.several import split
from nlp.reader.several_tasks import beside_order, carries_on, is_dated_deed
from nlp.reader.traditional_text import read, read_as

__all__ = [
    "Action",
    "Known",
    "Reading",
    "beside_order",
    "carries_on",
    "is_dated_deed",
    "mentions",
    "name_keys",
    "pinyin_keys",
    "read",
    "read_as",
    "split",
    "split_list",
    "tasks_in",
]
