"""Lead lines → name, telephone, company, title, region, industry, source, birthday, note; amounts of money."""

from nlp.fields.birthdays import Birthday
from nlp.fields.extraction import COMMAND, Fields, extract, source_of
from nlp.fields.money import amount_fen
from nlp.fields.phones import numbers as phones
from nlp.fields.phones import of_value as phone_value

__all__ = ["COMMAND", "Birthday", "Fields", "amount_fen", "extract", "phone_value", "phones", "source_of"]
