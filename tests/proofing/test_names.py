"""Matching a typed name with a passport's."""

import itertools
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongka.proofing.mrz import mrz_names
from rongka.proofing.names import DifferenceKind, NameMatch, match_names

LONG = ("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO")
GIVEN_NAMES = [
    "ANNA", "ANNE", "ANA", "HANNA", "HANNAH", "JOHANNA", "ANNA-MARIA", "MARIA", "MARIE", "MARIO", "MARIAN",
    "MARIANNE", "MIRIAM", "MICHAEL", "MICHAL", "MICHEL", "MICHELE", "MICHAELA", "MANUEL", "MANUELA", "EMANUEL",
    "JOSE", "JOSEF", "JOSEPH", "JOSEFA", "JOSUE", "JUAN", "JUANA", "JAN", "JANE", "JEAN", "JOAN", "JOHN", "JON",
    "JOE", "JO", "LUIS", "LUISA", "LOUIS", "LOUISE", "ELOISE", "PAUL", "PAULA", "PAULO", "PAOLO", "PAVEL",
    "PAULINE", "JÖRG", "JØRN", "SØREN", "SOFIA", "SOPHIE", "SOFIE", "ÅSA", "ÅSE", "ASTA", "LI", "NA", "LIN",
    "LINA", "LING", "XIA", "XIAN", "AN", "VAN", "ANH", "THI", "THO", "TOM", "THOMAS", "TOMAS", "NGOC", "QUOC",
    "İLKAY", "ILKE", "IŞIK", "OĞUZ", "OSMAN", "UWE", "ÜMIT", "WEI", "WEN", "WENDY", "FNU",
]  # fmt: skip


def match(typed: str, surname: str, given_names: str, chinese_name: str | None = None) -> NameMatch:
    mrz_surname, mrz_given_names = mrz_names(surname=surname, given_names=given_names)
    return match_names(
        typed,
        viz_surname=surname,
        viz_given_names=given_names,
        mrz_surname=mrz_surname,
        mrz_given_names=mrz_given_names,
        chinese_name=chinese_name,
    )


@pytest.mark.parametrize(
    ("typed", "surname", "given_names"),
    [
        ("MÜLLER, ANNA MARIA", "MÜLLER", "ANNA MARIA"),
        ("müller anna maria", "MÜLLER", "ANNA MARIA"),
        ("Anna Maria Müller", "MÜLLER", "ANNA MARIA"),
        ("Anna Maria, Müller", "MÜLLER", "ANNA MARIA"),
        ("Mueller, Anna-Maria", "MÜLLER", "ANNA MARIA"),
        ("MULLER ANNAMARIA", "MÜLLER", "ANNA MARIA"),
        ("Mu\u0308ller Anna Maria", "MÜLLER", "ANNA MARIA"),
        ("ＭＵＬＬＥＲ　ＡＮＮＡ　ＭＡＲＩＡ", "MÜLLER", "ANNA MARIA"),
        ("MUELLER<<ANNA<MARIA<<<<<", "MÜLLER", "ANNA MARIA"),
        ("Müller Anna", "MUELLER", "ANNA"),
        ("O'Connor Liam", "O'CONNOR", "LIAM"),
        ("o’connor, liam", "O'CONNOR", "LIAM"),
        ("O`Connor Liam", "O'CONNOR", "LIAM"),
        ("O Connor Liam", "O'CONNOR", "LIAM"),
        ("Liam OConnor", "O'CONNOR", "LIAM"),
        ("Sukarno", "SUKARNO", ""),
        ("Sukarno,", "SUKARNO", ""),
        ("Nguyễn Văn Ân", "NGUYEN", "VAN AN"),
        ("NGUYEN VANAN", "NGUYEN", "VAN AN"),
        ("Văn Ân Nguyễn", "NGUYỄN", "VĂN ÂN"),
        ("Dang Thi Uoc", "ĐẶNG", "THỊ ƯỚC"),
        ("van der Berg, Jan", "VAN DER BERG", "JAN"),
        ("Jan VanderBerg", "VAN DER BERG", "JAN"),
        ("De la Cruz Juan", "DE LA CRUZ", "JUAN"),
        ("Juan Delacruz", "DE LA CRUZ", "JUAN"),
        ("Sorensen Ase", "SØRENSEN", "ÅSE"),
        ("Soerensen Aase", "SØRENSEN", "ÅSE"),
        ("Sørensen Aase", "SØRENSEN", "ÅSE"),
        ("Munoz Maria Jose", "MUÑOZ", "MARÍA JOSÉ"),
        ("MARÍA JOSÉ MUÑOZ", "MUÑOZ", "MARÍA JOSÉ"),
        ("Munxxoz Maria Jose", "MUÑOZ", "MARÍA JOSÉ"),
        ("Gross Bjorn", "GROẞ", "BJÖRN"),
        ("Groß Bjoern", "GROẞ", "BJÖRN"),
        ("Walesa Lech", "WAŁĘSA", "LECH"),
        ("Djokovic Novak", "ĐOKOVIĆ", "NOVAK"),
        ("yildiz ilkay", "YILDIZ", "İLKAY"),
        ("yıldız İlkay", "YILDIZ", "İLKAY"),
        ("Thordardottir Aesa", "ÞÓRÐARDÓTTIR", "ÆSA"),
        ("Li Na", "LI", "NA"),
        ("Na Li", "LI", "NA"),
        ("LINA", "LI", "NA"),
        (" ".join(LONG), *LONG),
        ("Bennelong Wooloomooloo Warrandyte Wa D", *LONG),
        (" ".join(LONG)[:39], *LONG),
        (", ".join(LONG)[:39], *LONG),
        (" ".join(reversed(LONG))[:39], *LONG),
        ("FNU", "FNU", ""),
    ],
)
def test_the_same_name_written_otherwise_matches(typed: str, surname: str, given_names: str) -> None:
    result = match(typed, surname, given_names)

    assert result.matched, result.text.en
    assert result.differences == ()


POINTS = ["·", "・", "･", "•", ".", "．", "‧", "∙", "⋅"]


@pytest.mark.parametrize("typed", [f"安娜{point}穆勒" for point in POINTS] + ["安娜 穆勒", "安娜穆勒", "穆勒·安娜"])
def test_a_chinese_name_matches_whatever_its_point(typed: str) -> None:
    result = match(typed, "MÜLLER", "ANNA", chinese_name="安娜·穆勒")

    assert (result.matched, result.code) == (True, "name.chinese")


@pytest.mark.parametrize("stored", ["安妮·穆勒", "", None])
def test_another_chinese_name_does_not_match(stored: str | None) -> None:
    result = match("安娜·穆勒", "MÜLLER", "ANNA", chinese_name=stored)

    assert (result.matched, result.code) == (False, "name.chinese")
    assert "安妮" not in result.safe.zh


@pytest.mark.parametrize(
    ("typed", "surname", "given_names", "kinds"),
    [
        ("MÜLLER ANNA", "MÜLLER", "ANNA MARIA", ["part-missing"]),
        ("MÜLLER", "MÜLLER", "ANNA MARIA", ["part-missing", "part-missing"]),
        ("MÜLLER ANNA MARIA LUISE", "MÜLLER", "ANNA MARIA", ["part-extra"]),
        ("DR MÜLLER ANNA MARIA", "MÜLLER", "ANNA MARIA", ["part-extra"]),
        ("MÜLLER ANNA M", "MÜLLER", "ANNA MARIA", ["initial"]),
        ("MÜLLER ANNA MARIE", "MÜLLER", "ANNA MARIA", ["spelling"]),
        ("MULLER ANNA", "MUELLER", "ANNA", ["spelling"]),
        ("MÜLLER MARIA ANNA", "MÜLLER", "ANNA MARIA", ["order"]),
        ("ANNA MÜLLER MARIA", "MÜLLER", "ANNA MARIA", ["order"]),
        ("LIN A", "LI", "NA", ["spacing"]),
        ("FNU SUKARNO", "SUKARNO", "", ["placeholder"]),
        ("SUKARNO SUKARNO", "SUKARNO", "", ["part-extra"]),
        ("SUKARNO", "SUHARTO", "", ["spelling"]),
        ("TANAKA HIROSHI", "MÜLLER", "ANNA", ["different"]),
        ("", "MÜLLER", "ANNA", ["empty"]),
        (" -, ' ", "MÜLLER", "ANNA", ["empty"]),
        ("MÜLLER ANNA 2", "MÜLLER", "ANNA", ["characters"]),
        ("ИВАНОВ ИВАН", "IVANOV", "IVAN", ["script"]),
        ("A" * 401, "MÜLLER", "ANNA", ["too-long"]),
        ("A " * 60, "MÜLLER", "ANNA", ["too-long"]),
    ],
)
def test_a_mismatch_says_what_differs(typed: str, surname: str, given_names: str, kinds: list[str]) -> None:
    result = match(typed, surname, given_names)

    assert not result.matched
    assert [difference.kind for difference in result.differences] == kinds
    assert result.code == f"name.{kinds[0]}"


def test_an_officer_reads_the_parts_and_a_stranger_only_the_kind() -> None:
    result = match("MÜLLER ANNA", "MÜLLER", "ANNA MARIA")

    assert "MARIA" in result.text.en
    assert "MARIA" in result.text.zh
    assert result.safe == DifferenceKind.PART_MISSING.text


@pytest.mark.parametrize(
    "typed", ["", "X", "MÜLLER", "MULLER ANNA", "MÜLLER ANNA M", "TANAKA", "安娜", "A B C D", "ANNA", "12"]
)
def test_what_a_stranger_reads_never_holds_the_stored_name(typed: str) -> None:
    result = match(typed, "MÜLLER", "ANNA QUIRINA", chinese_name="安娜·穆勒")

    for secret in ("MÜLLER", "MUELLER", "ANNA", "QUIRINA", "安娜", "穆勒"):
        assert secret not in result.safe.zh + result.safe.en


def test_different_given_names_never_match() -> None:
    for stored, typed in itertools.combinations(GIVEN_NAMES, 2):
        assert not match(f"MÜLLER, {typed}", "MÜLLER", stored).matched, (stored, typed)


def test_different_surnames_never_match_in_either_order() -> None:
    for stored, typed in itertools.pairwise(GIVEN_NAMES):
        assert not match(f"ZBIGNIEW {typed}", stored, "ZBIGNIEW").matched, (stored, typed)


def test_nothing_stored_matches_nothing() -> None:
    for typed in ("", "A", "MÜLLER", "安娜"):
        result = match_names(typed, viz_surname="", viz_given_names="", mrz_surname="", mrz_given_names="")
        assert not result.matched


letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜØÅÆÑŁĐÞÐẞÉÇŞİĞŒỄƯ")
part = st.text(letters, min_size=1, max_size=12)
names = st.lists(part, min_size=1, max_size=4).map(" ".join)


@given(surname=names, given_names=names | st.just(""), change=st.sampled_from(["lower", "nfd", "hyphens", "mrz"]))
def test_every_name_matches_itself_in_both_orders(surname: str, given_names: str, change: str) -> None:
    forms = {
        "lower": (surname.lower(), given_names.lower()),
        "nfd": tuple(unicodedata.normalize("NFD", name) for name in (surname, given_names)),
        "hyphens": (surname.replace(" ", "-"), given_names.replace(" ", "-")),
        "mrz": mrz_names(surname=surname, given_names=given_names),
    }
    first, second = forms[change]

    for typed in (f"{first} {second}", f"{first}, {second}", f"{second} {first}", f"{second}, {first}"):
        assert match(typed, surname, given_names).matched


@given(surname=names, given_names=names, extra=st.text("QXZ", min_size=1, max_size=8))
def test_a_part_too_many_never_matches(surname: str, given_names: str, extra: str) -> None:
    # A name over 39 characters has forms that are cut; only whole names are meant here.
    surname, given_names = (re.sub("[QXZ]", "O", name)[:9] for name in (surname, given_names))

    assert not match(f"{surname}, {given_names} {extra}", surname, given_names).matched


@given(typed=st.text(max_size=60))
def test_any_text_gets_an_answer(typed: str) -> None:
    result = match(typed, "MÜLLER", "ANNA MARIA", chinese_name="安娜·穆勒")

    assert result.matched == (not result.differences)


def test_hostile_texts_get_an_answer_and_fit_nobody(naughty_strings: list[str]) -> None:
    for typed in naughty_strings:
        assert not match(typed, "MÜLLER", "ANNA MARIA", chinese_name="安娜·穆勒").matched


@pytest.mark.parametrize("typed", ["Ü" * 400, "Ü " * 40 + "Ü", "UEU" * 133, "Ü" * 39 + " " + "UE" * 150])
def test_hostile_texts_cannot_take_long(typed: str) -> None:
    begun = time.process_time()

    match(typed, "ÜÜÜÜÜÜÜÜÜÜÜÜÜÜÜÜÜÜÜ", "ÜÜÜÜÜÜ ÜÜÜÜÜÜÜÜ ÜÜÜÜÜÜÜ")

    assert time.process_time() - begun < 1
