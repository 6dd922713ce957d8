"""A sentence of the domain in both languages; a missing language is an error when the module is imported."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese (authoritative for law) and in English."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        """Refuse an empty text, so that no reader ever meets a blank."""
        if not self.zh.strip() or not self.en.strip():
            msg = f"a text needs both languages: zh={self.zh!r}, en={self.en!r}"
            raise ValueError(msg)

    def in_language(self, code: str) -> str:
        """Give the words for a language code such as ``zh-hans`` or ``en``; any other code reads English."""
        return self.zh if code.lower().startswith("zh") else self.en
