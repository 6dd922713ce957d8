"""Type metadata (draft-ietf-oauth-sd-jwt-vc, "SD-JWT VC Type Metadata"): how a wallet shows a document, in zh and en.

Made from the one table of elements, so that no name or label stands in two places.
"""

from typing import Final

from rongka.credential.document_types import ELEMENTS, DocumentType
from rongka.text import Text

LOCALES: Final = ("zh-Hans", "en")


def type_metadata(document_type: DocumentType) -> dict[str, object]:
    """Give the type metadata of a document as a JSON object."""
    return {
        "vct": document_type.vct,
        "name": document_type.label.en,
        "display": _display(document_type.label, as_="name"),
        "claims": [
            {
                "path": [name],
                "display": _display(element.label, as_="label"),
                "mandatory": not element.is_optional,
                "sd": "always",
            }
            for name, element in ELEMENTS[document_type].items()
        ],
    }


def _display(words: Text, *, as_: str) -> list[dict[str, str]]:
    return [{"locale": locale, as_: words.in_language(locale)} for locale in LOCALES]
