"""The QR code of a document as a drawing that stays sharp at any size."""

import zxingcpp

from rongka.documents.errors import code_not_printable

# QR version 25 at level L; above it a module on our page would be under half a millimetre.
MAX_CODE = 1_800
_ROOMY = 700  # up to here level M fits with modules of half a millimetre; paper gets folded and stained


def qr_svg(text: str) -> str:
    """Draw the text as a QR code with its quiet zone."""
    # Anything but plain ASCII would need an extension that many readers lack; our codes are base45 or addresses.
    if not 0 < len(text) <= MAX_CODE or not (text.isascii() and text.isprintable()):
        raise code_not_printable()
    level = "M" if len(text) <= _ROOMY else "L"
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    return str(zxingcpp.write_barcode_to_svg(barcode))
