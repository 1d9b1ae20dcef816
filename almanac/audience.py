"""Whom a day belongs to: everybody, one gender, or the people of some occupations and industries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of a day; all fields empty means everybody.

    `occupations` are words sought in a person's title, `industries` words sought in the industry of his company.
    """

    gender: str | None = None
    occupations: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        """Return whether nobody is left out."""
        return self == Audience()

    def includes(self, *, gender: str | None = None, title: str | None = None, industry: str | None = None) -> bool:
        """Return whether a person belongs: by gender, or by a word in his title or industry.

        What is not known of a person excludes him from days that are not everybody's.
        """
        if self.everybody:
            return True
        if self.gender is not None and gender == self.gender:
            return True
        by_title = any(word in (title or "") for word in self.occupations)
        return by_title or any(word in (industry or "") for word in self.industries)


EVERYBODY = Audience()
WOMEN = Audience(gender="female")
MEN = Audience(gender="male")
