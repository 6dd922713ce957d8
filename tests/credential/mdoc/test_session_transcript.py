"""The handovers of OpenID4VP 1.0, against the worked examples of its section B.2.6."""

import pytest

from rongka.credential.errors import MdocError
from rongka.credential.mdoc import dc_api_transcript, openid4vp_transcript

NONCE = "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA"
THUMBPRINT = bytes.fromhex("4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047")


def test_a_request_by_redirect_has_the_transcript_of_the_specification():
    transcript = openid4vp_transcript(
        client_id="x509_san_dns:example.com",
        nonce=NONCE,
        response_uri="https://example.com/response",
        encryption_key=THUMBPRINT,
    )

    assert transcript.hex() == (
        "83f6f682714f70656e494434565048616e646f7665725820048bc053c00442af9b8eed494cefdd9d95240d254b046b11b68013722aad38ac"
    )


def test_a_request_by_the_browser_has_the_transcript_of_the_specification():
    transcript = dc_api_transcript(origin="https://example.com", nonce=NONCE, encryption_key=THUMBPRINT)

    assert transcript.hex() == (
        "83f6f682764f70656e4944345650444341504948616e646f7665725820"
        "fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a"
    )


def test_every_part_of_a_request_is_bound():
    given = {"client_id": "a", "nonce": "n", "response_uri": "https://a.example", "encryption_key": None}
    others = ({"client_id": "b"}, {"nonce": "m"}, {"response_uri": "https://b.example"}, {"encryption_key": THUMBPRINT})

    transcripts = {openid4vp_transcript(**given | changes) for changes in ({}, *others)}

    assert len(transcripts) == 5


def test_a_thumbprint_of_another_length_is_refused():
    with pytest.raises(MdocError):
        dc_api_transcript(origin="https://a.example", nonce="n", encryption_key=b"short")
