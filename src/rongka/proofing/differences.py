"""What differs between a typed name and a stored one, in words that tell the writer what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from rongka.proofing.folding import Part, alike, joined
from rongka.text import Text

# "First name unknown" and its kin are put into forms for people with a single name; they are no names.
_PLACEHOLDERS: Final = frozenset({"FNU", "LNU", "NFN", "NLN", "XXX", "UNKNOWN"})

_SIMILAR = 0.7  # share of letters in common; chooses the words of the explanation only, never a match


class DifferenceKind(StrEnum):
    """The kinds of difference; their words reveal nothing of the stored name."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    CHARACTERS = "characters"
    SCRIPT = "script"
    CHINESE = "chinese"
    PLACEHOLDER = "placeholder"
    PART_MISSING = "part-missing"
    PART_EXTRA = "part-extra"
    INITIAL = "initial"
    SPELLING = "spelling"
    SPACING = "spacing"
    ORDER = "order"
    DIFFERENT = "different"

    @property
    def text(self) -> Text:
        """Say what to do about it."""
        return _TEXTS[self]


_TEXTS: Final[dict[DifferenceKind, Text]] = {
    DifferenceKind.EMPTY: Text("请输入护照上的姓名。", "Type the name as in the passport."),
    DifferenceKind.TOO_LONG: Text(
        "输入太长。请只输入护照上的姓名。", "Too much text. Type only the name as in the passport."
    ),
    DifferenceKind.CHARACTERS: Text(
        "姓名中有不是字母的字符。请只用字母、空格、连字符和撇号。",
        "There are characters that are not letters. Use only letters, spaces, hyphens and apostrophes.",
    ),
    DifferenceKind.SCRIPT: Text(
        "请用护照上的拉丁字母输入姓名。", "Type the name in Latin letters, as in the passport."
    ),
    DifferenceKind.CHINESE: Text(
        "中文姓名不一致或尚未登记。请改用护照上的拉丁字母输入。",
        "The Chinese name differs or is not registered. Type the name in Latin letters, as in the passport.",
    ),
    DifferenceKind.PLACEHOLDER: Text(
        "“FNU”“LNU”之类不是姓名，请删去。", "FNU, LNU and the like are not names: leave them out."
    ),
    DifferenceKind.PART_MISSING: Text(
        "缺少姓名的一部分。请输入护照上的全部姓名，包括中间名。",
        "A part of the name is missing. Type every name in the passport, middle names too.",
    ),
    DifferenceKind.PART_EXTRA: Text(
        "有护照上没有的部分。请删去称谓和昵称。",
        "There is a part that the passport does not have. Leave out titles and nicknames.",
    ),
    DifferenceKind.INITIAL: Text("有缩写。请写全。", "A part is only an initial. Write it in full."),
    DifferenceKind.SPELLING: Text(
        "有一部分拼写不同。请对照护照逐个字母核对。",
        "A part is spelled differently. Compare it with the passport letter by letter.",
    ),
    DifferenceKind.SPACING: Text(
        "姓与名之间的分隔位置不同。请在姓与名之间留空格。",
        "Surname and given names are separated at another place. Put the space between the two.",
    ),
    DifferenceKind.ORDER: Text(
        "姓名各部分的顺序不同。请按护照上的顺序输入。",
        "The parts are in another order. Type them in the order of the passport.",
    ),
    DifferenceKind.DIFFERENT: Text(
        "这是另一个姓名。请核对姓名和编号是否属于同一人。",
        "This is another name. Check that name and number belong to the same person.",
    ),
}


@dataclass(frozen=True, slots=True)
class NameDifference:
    """One difference: the typed part, the stored part, or both. Only officers may see ``stored``."""

    kind: DifferenceKind
    typed: str = ""
    stored: str = ""


def explained(differences: Sequence[NameDifference], *, only_kinds: bool = False) -> Text:
    """Say all differences; ``only_kinds`` for people who have not proved yet who they are."""
    if only_kinds:
        texts = [kind.text for kind in dict.fromkeys(difference.kind for difference in differences)]
    else:
        texts = [_with_parts(difference) for difference in differences]
    return Text("".join(text.zh for text in texts), " ".join(text.en for text in texts))


def _with_parts(difference: NameDifference) -> Text:
    sides = [
        Text(f"输入“{difference.typed}”", f"typed {difference.typed}") if difference.typed else None,
        Text(f"护照“{difference.stored}”", f"passport {difference.stored}") if difference.stored else None,
    ]
    known = [side for side in sides if side]
    if not known:
        return difference.kind.text
    text, zh, en = difference.kind.text, "，".join(s.zh for s in known), ", ".join(s.en for s in known)
    return Text(f"{text.zh}（{zh}）", f"{text.en} ({en})")


def find_differences(typed: Sequence[Part], *, stored: Sequence[Sequence[Part]]) -> list[NameDifference]:
    """Explain a mismatch against the stored form that is nearest to what was typed; never empty."""
    found = [_differences(typed, form) for form in stored if form]
    if not found:
        return [NameDifference(DifferenceKind.DIFFERENT)]
    return min(found, key=lambda differences: (differences[0].kind is DifferenceKind.DIFFERENT, len(differences)))


def _differences(typed: Sequence[Part], stored: Sequence[Part]) -> list[NameDifference]:
    if alike(joined(typed), joined(stored)):
        return [NameDifference(DifferenceKind.SPACING)]
    extra, missing = list(typed), list(stored)
    _take_pairs(extra, missing, _same)
    if not extra and not missing:
        return [NameDifference(DifferenceKind.ORDER)]
    shares_a_part = len(missing) < len(stored)
    initials = _take_pairs(extra, missing, _initial)
    respelled = _take_pairs(extra, missing, _similar)
    found = [NameDifference(DifferenceKind.INITIAL, a.text, b.text) for a, b in initials]
    found += [NameDifference(DifferenceKind.SPELLING, a.text, b.text) for a, b in respelled]
    found += [_superfluous(part) for part in extra]
    found += [NameDifference(DifferenceKind.PART_MISSING, stored=part.text) for part in missing]
    # Without one part in common, a list of parts would explain nothing.
    return found if shares_a_part or respelled else [NameDifference(DifferenceKind.DIFFERENT)]


def _superfluous(part: Part) -> NameDifference:
    kind = DifferenceKind.PLACEHOLDER if part.plain in _PLACEHOLDERS else DifferenceKind.PART_EXTRA
    return NameDifference(kind, typed=part.text)


def _take_pairs(typed: list[Part], stored: list[Part], fits: Callable[[Part, Part], bool]) -> list[tuple[Part, Part]]:
    """Take out of both lists the parts that fit each other."""
    pairs = []
    for one in tuple(typed):
        other = next((part for part in stored if fits(one, part)), None)
        if other:
            typed.remove(one)
            stored.remove(other)
            pairs.append((one, other))
    return pairs


def _same(typed: Part, stored: Part) -> bool:
    return alike(typed.letters, stored.letters)


def _initial(typed: Part, stored: Part) -> bool:
    return len(typed.letters) == 1 and alike(typed.letters, stored.letters[:1])


def _similar(typed: Part, stored: Part) -> bool:
    return SequenceMatcher(None, typed.plain, stored.plain).ratio() >= _SIMILAR
