"""Documents on paper: the work permit notice, one bilingual A4 page, PDF/A-2a, Chinese first.

Knows nothing of rules, records or codes: whoever calls hands in the data and the text of the QR code. The same document
gives the same bytes, so that what was issued can be proved later. No state emblem and no seal is drawn or imitated.
"""

from rongka.documents.errors import DocumentError
from rongka.documents.notice import NoticeDocument, render_notice

__all__ = ["DocumentError", "NoticeDocument", "render_notice"]
