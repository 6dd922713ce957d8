"""A list's bytes as one zlib stream (RFC 1950) of pieces that are compressed each by itself.

A piece that did not change is not compressed again. Any zlib reads the stream: the pieces end at whole bytes
(a sync flush) and do not look back at each other.
"""

import zlib
from typing import Final

from rongka.credential.errors import ClaimsError

# Bytes of a piece: at 1 % revoked (two bits) as small as one piece of all, to compress in some 35 ms.
PIECE_BYTES: Final = 1 << 17
_HEADER: Final = b"\x78\xda"  # RFC 1950, 2.2: deflate, a window of 32 kB, the highest level
_RAW: Final = -15  # the same window, without header and checksum of its own
_MEMORY: Final = 9
# Below this share of zero bytes a search for repetitions finds nothing: it takes 200 ms for larger output than none.
_SPARSE: Final = 0.82


def deflate(piece: bytes | bytearray, *, last: bool, thoroughly: bool) -> bytes:
    """Compress one piece; not `thoroughly` takes 1 ms and gives up to a tenth more."""
    if piece.count(0) < _SPARSE * len(piece):
        return min((_run(piece, strategy, last=last) for strategy in (zlib.Z_RLE, zlib.Z_HUFFMAN_ONLY)), key=len)
    return _run(piece, zlib.Z_FILTERED if thoroughly else zlib.Z_RLE, last=last)


def join(pieces: list[bytes], *, entries: bytes | bytearray) -> bytes:
    """Give the whole stream over `entries`, of which `pieces` are the compressed parts in their order."""
    return b"".join((_HEADER, *pieces, zlib.adler32(entries).to_bytes(4, "big")))


def inflate(packed: bytes, *, most: int) -> bytes:
    """Give what a stream holds; raise `ClaimsError` for one that is damaged, goes on, or would grow over `most`."""
    inflater = zlib.decompressobj()
    try:
        entries = inflater.decompress(packed, most + 1)
    except zlib.error:
        entries = b""
    if not inflater.eof or inflater.unused_data or len(entries) > most:
        raise ClaimsError("entries that are damaged or too many")
    return entries


def _run(piece: bytes | bytearray, strategy: int, *, last: bool) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, _RAW, _MEMORY, strategy)
    return deflater.compress(piece) + deflater.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
