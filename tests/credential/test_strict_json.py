import json
from pathlib import Path

import pytest

from rongka.credential import strict_json
from rongka.credential.errors import JsonError

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"
# Where we are stricter than RFC 8259 must be: names twice (RFC 7493, 2.3), a number of 80 digits.
STRICTER = {
    "y_object_duplicated_key.json",
    "y_object_duplicated_key_and_value.json",
    "y_number_double_close_to_zero.json",
}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b"{",
        b"{}{}",
        b"{} x",
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":1,"\\u0061":2}',
        b"NaN",
        b'{"exp":NaN}',
        b"[Infinity]",
        b"[-Infinity]",
        b"1e999",
        b"-1e999",
        b"1" * 33,
        b"1." + b"0" * 32,
        b"9" * 5_000,
        b"[" * 17 + b"]" * 17,
        b'{"a":' * 17 + b"1" + b"}" * 17,
        b"[" * 60_000,
        b"[" * 30_000 + b"]" * 30_000,
        b'"\\ud800"',
        b'"\\uDFFF\\ud800"',
        b'{"\\ud800":1}',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf{}",
        b"{'a':1}",
        b'{"a":1,}',
        b"[" * 17 + b'"' + b'\\"' * 30_000,
        b"01",
        b"'",
        b'"a\nb"',
        b"// x\n1",
    ],
    ids=lambda text: text[:20].decode("latin-1") or "nothing",
)
def test_json_that_is_not_strict_is_refused(text):
    with pytest.raises(JsonError):
        strict_json.decode(text)


def test_more_bytes_than_a_document_has_are_refused_unread():
    with pytest.raises(JsonError):
        strict_json.decode(b'"' + b"x" * strict_json.MAX_BYTES + b'"')


def test_many_brackets_beside_each_other_or_inside_a_text_are_no_depth():
    assert strict_json.decode(b"[" + b"[]," * 500 + b"[]]") == [[]] * 501
    assert strict_json.decode(b'"' + b"[" * 500 + b'\\"{{"') == "[" * 500 + '"{{'


def test_a_whole_pair_of_surrogates_is_one_character():
    assert strict_json.decode(b'"\\ud83d\\ude00\\u4e2d"') == "😀中"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"x", {1j: 1}, "\ud800"], ids=repr)
def test_what_json_cannot_say_is_not_written(value):
    with pytest.raises(JsonError):
        strict_json.encode(value)


def test_an_array_is_no_object():
    with pytest.raises(JsonError):
        strict_json.decode_object(b"[]")


def _accepts(path):
    try:
        strict_json.decode(path.read_bytes(), max_bytes=1 << 20)
    except JsonError:
        return False
    return True


def test_the_json_test_suite_is_read_or_refused_as_it_should():
    folder = VECTORS / "jsontestsuite" / "test_parsing"
    if not folder.exists():
        pytest.skip("the set jsontestsuite is missing")
    accepted = {path.name: _accepts(path) for path in folder.glob("*.json")}

    assert {name for name in accepted if name.startswith("y_") and not accepted[name]} == STRICTER
    assert not {name for name in accepted if name.startswith("n_") and accepted[name]}
    assert [sum(name.startswith(kind) for name in accepted) for kind in ("y_", "n_", "i_")] == [95, 188, 35]


def test_the_inputs_and_outputs_of_rfc_8785_say_the_same():
    folder = VECTORS / "jcs-rfc8785" / "testdata"
    if not folder.exists():
        pytest.skip("the set jcs-rfc8785 is missing")
    names = sorted(path.name for path in (folder / "input").glob("*.json"))

    for name in names:
        read, canonical = (strict_json.decode((folder / side / name).read_bytes()) for side in ("input", "output"))
        assert read == canonical
        assert json.loads(strict_json.encode(read)) == canonical
    assert len(names) == 6
