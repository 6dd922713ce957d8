"""Holds the browser's twin against the kit with inputs nobody thought of; run by hand.

`python -m tests.credential.fuzz.twin --rounds 20 --seed 1`. Both must give the same whole verdict on every input, and
neither may accept a code that was changed after it was signed. The twin ends its run at any error not its own.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import cbor2

from rongka.credential import PublicKey, Purpose, SoftwareKey, base45, cbor, cose, judge, transport
from tests.credential.world import LONGEST
from tests.vectors import city
from tests.vectors.city import KEYS, card_claims, issue, notice_claims, printed, show
from tests.vectors.make_formats import read
from tests.vectors.make_verdicts import Loaded, as_json, load

ROOT = Path(__file__).parents[3]
BATCH = 2_000
TRUST, LISTS = city.trust(), [city.status()]
# Signing by RFC 6979 takes twice as long, and nothing here is kept.
FAST = {purpose: SoftwareKey(key.private) for purpose, key in KEYS.items()}
DEVICE = SoftwareKey(city.DEVICE.private)
GOOD = (show(), show(issue({**card_claims(), **LONGEST.to_cwt()})), show(_3="inspector", _10=b"n" * 16), printed())
EDGES = (0, 1, 2, 3, 23, 24, 255, 256, 65535, 65536, 1798646400, (1 << 32) - 1, 1 << 32, 1 << 53, 253_370_764_800,
         253_370_764_801, (1 << 64) - 1, -1, -2, -24, -25, -(1 << 53), -(1 << 64), 1795406400)  # fmt: skip
LETTERS = (
    "AZaz09 ,.-'’ʼ*<ÄÅæØüßẞñÞðŁđŒİıĦŋŦŉǆﬁéȘűẤσς\u0301\u0308\u030a上𠮷\U00031350"
    "\u00a0\u3000\u200b\ufeff\u00ad\ue000\uffff\x00\x85\u2028"
)


class Twin:
    """The bundled twin; each batch is a run of Node."""

    def __init__(self, folder: Path) -> None:
        self.bundle = folder / "twin.mjs"
        esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
        source = ROOT / "tests" / "credential" / "twin.harness.ts"
        command = [esbuild, source, "--bundle", "--format=esm", f"--outfile={self.bundle}", "--log-level=error"]
        subprocess.run(command, check=True)

    def answers(self, rows: list[dict]) -> list[object]:
        given = "".join(json.dumps(row) + "\n" for row in rows)
        run = subprocess.run(["node", self.bundle], input=given, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(run.stderr)
        return [json.loads(line) for line in run.stdout.splitlines()]


# Inputs.


def text(rng: random.Random) -> str:
    """A text of characters that every Unicode since 14 has, or never will."""
    if rng.random() < 0.5:
        return "".join(rng.choice(LETTERS) for _ in range(rng.choice((0, 1, 2, 5, 12, 40, 199, 200, 201))))
    characters = (chr(rng.randrange(rng.choice((0x80, 0x800, 0x10000, 0x32000)))) for _ in range(rng.randrange(30)))
    return "".join(c for c in characters if unicodedata.category(c) not in {"Cs", "Cn"} or ord(c) >= 0x20000)


def value(rng: random.Random, depth: int = 0) -> object:
    """Any value that CBOR has, and the odd one that our formats do not."""
    simple = (
        lambda: rng.choice(EDGES),
        lambda: rng.randrange(-300, 300),
        lambda: text(rng),
        lambda: text(rng).encode("utf-16-be", "surrogatepass"),
        lambda: rng.randbytes(rng.choice((0, 1, 4, 11, 31, 32, 33, 64))),
        lambda: rng.choice((None, True, False)),
        lambda: rng.choice(
            (1.5, cbor2.undefined, cbor2.CBORSimpleValue(5), cbor2.CBORTag(18, 0), cbor2.CBORTag(0, "x"))
        ),
    )
    nested = (
        lambda: [value(rng, depth + 1) for _ in range(rng.randrange(4))],
        lambda: {key(rng): value(rng, depth + 1) for _ in range(rng.randrange(4))},
    )
    weights = (4, 4, 6, 3, 4, 3, 0.5)
    if depth < 9 and rng.random() < 0.25:
        return rng.choice(nested)()
    return rng.choices(simple, weights)[0]()


def key(rng: random.Random) -> object:
    """A key of a map."""
    return rng.choice((rng.randrange(-4, 20), rng.choice(EDGES), text(rng)[:3], True, None, b"k", (1,)))


def changed(rng: random.Random, claims: dict) -> dict:
    """Claims of which one or two, at any depth, are something else."""
    result = dict(claims)
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice([*result, 99, True])
        inner = result.get(name)
        if isinstance(inner, dict) and rng.random() < 0.85:
            result[name] = changed(rng, inner)
        elif rng.random() < 0.15:
            result.pop(name, None)
        elif isinstance(inner, str | bytes) and rng.random() < 0.6:
            given = text(rng)
            result[name] = given if isinstance(inner, str) or rng.random() < 0.5 else given.encode("utf-16-be")
        elif type(inner) is int and rng.random() < 0.6:
            result[name] = inner + rng.choice((-1, 1, 3600, -86400, 86400, 300, -(10**9), 10**12))
        else:
            result[name] = value(rng)
    items = list(result.items())
    if rng.random() < 0.1:
        rng.shuffle(items)
    return dict(items)


def mutated(rng: random.Random, data: bytes) -> bytes:
    """Bytes with one or a few of them changed, lost, doubled or brought in; never the same bytes."""
    result = data
    while result == data or rng.random() < 0.2:
        at, lost = rng.randrange(len(result) + 1), rng.choice((0, 0, 1, 1, 2, 9))
        put = rng.choice((b"", rng.randbytes(1), rng.randbytes(rng.randrange(6)), result[at : at + 5]))
        result = result[:at] + put + result[at + lost :]
    return result


def random_texts(rng: random.Random) -> Iterator[str]:
    """Texts of no code."""
    for _ in range(BATCH):
        alphabet = rng.choice((base45.ALPHABET, base45.ALPHABET + "aé", LETTERS))
        yield rng.choice(("", "NCF", "NC")) + "".join(rng.choice(alphabet) for _ in range(rng.randrange(200)))


def mutated_texts(rng: random.Random) -> Iterator[str]:
    """Good codes misread."""
    for _ in range(BATCH):
        yield mutated(rng, rng.choice(GOOD).encode()).decode("latin-1")


def mutated_streams(rng: random.Random) -> Iterator[str]:
    """Good codes changed below base45."""
    for _ in range(BATCH):
        yield base45.encode(mutated(rng, base45.decode(rng.choice(GOOD))))


def mutated_messages(rng: random.Random) -> Iterator[str]:
    """Good codes changed below the checksum."""
    for _ in range(BATCH):
        yield transport.write(mutated(rng, transport.read(rng.choice(GOOD))))


def _cbor(content: object) -> bytes:
    try:
        return cbor2.dumps(content)
    except (cbor2.CBORError, ValueError, TypeError):
        return b"\xa0"


def signed_claims(rng: random.Random) -> Iterator[str]:
    """Strange claims that the right issuer signed and the right device shows."""
    for _ in range(BATCH // 2):
        claims = changed(rng, card_claims())
        card = cose.sign(headers={4: KEYS[Purpose.CARD].public.kid}, payload=_cbor(claims), key=FAST[Purpose.CARD])
        yield shown(card, {6: city.moment(city.NOW)})
        notice = changed(rng, notice_claims())
        headers = {4: KEYS[Purpose.NOTICE].public.kid}
        yield transport.write(cose.sign(headers=headers, payload=_cbor(notice)[:3000], key=FAST[Purpose.NOTICE])[:3072])


def shown(card: bytes, claims: dict, headers: dict | None = None) -> str:
    """A code of the device around any card that a code can hold."""
    more = b"".join(_cbor(one) for item in (headers or {}).items() for one in item)
    encoded = bytes((0xA2 + len(headers or {}),)) + b"\x01\x26\x0d" + card + more
    payload = _cbor(claims)
    signature = DEVICE.sign(cose.to_be_signed(encoded, payload))
    return transport.write(cbor2.dumps(cbor2.CBORTag(18, [encoded, {}, payload, signature]))[:3072])


def signed_presentations(rng: random.Random) -> Iterator[str]:
    """Strange claims and headers of the device around a good card, and strange headers of the issuer."""
    card = issue(card_claims())
    for _ in range(BATCH // 2):
        claims = changed(rng, {6: city.moment(city.NOW), 3: "inspector", 10: b"n" * 16})
        yield shown(card, claims, {key(rng): value(rng)} if rng.random() < 0.3 else None)
        headers = _cbor(changed(rng, {1: -7, 4: KEYS[Purpose.CARD].public.kid}))
        payload = cbor.encode(card_claims())
        signature = FAST[Purpose.CARD].sign(cose.to_be_signed(headers, payload))
        strange = cbor2.dumps(
            cbor2.CBORTag(18, [headers, rng.choice(({}, {}, {}, value(rng))) or {}, payload, signature])
        )
        yield shown(strange, {6: city.moment(city.NOW)})


def flipped(_: random.Random) -> Iterator[str]:
    """Every single bit of good codes: of their characters, their streams and their messages."""
    for code in (GOOD[0], GOOD[3]):
        yield from (one.decode("latin-1") for one in _flips(code.encode()))
        yield from (base45.encode(one) for one in _flips(base45.decode(code)))
        yield from (transport.write(one) for one in _flips(transport.read(code)))


def _flips(data: bytes) -> Iterator[bytes]:
    for at, byte in enumerate(data):
        for bit in range(8):
            yield data[:at] + bytes((byte ^ 1 << bit,)) + data[at + 1 :]


def strange_lists(rng: random.Random) -> Iterator[dict]:
    """Trust lists and status lists changed before or after they were signed, around a good code."""
    trust_claims, status_claims = (cbor.decode_map(cbor.decode(token).value[2]) for token in (TRUST, LISTS[0]))
    for _ in range(BATCH // 8):
        trust, lists = TRUST, LISTS[0]
        kind = rng.randrange(4)
        if kind == 0:
            trust = mutated(rng, trust)
        elif kind == 1:
            lists = mutated(rng, lists)
        elif kind == 2:
            headers = {16: "application/rongka-trust-list+cwt", 4: city.ANCHOR.public.kid}
            trust = cose.sign(headers=headers, payload=_cbor(_strange_trust(rng, trust_claims)), key=city.ANCHOR)
        else:
            headers = {16: "application/statuslist+cwt", 4: KEYS[Purpose.STATUS].public.kid}
            strange = changed(rng, status_claims)
            lists = cose.sign(headers=headers, payload=_cbor(strange), key=FAST[Purpose.STATUS])
        yield {"code": GOOD[0], "trust": trust, "lists": [lists]}


def _strange_trust(rng: random.Random, claims: dict) -> dict:
    issuer = claims[-65539][0]
    rows = [changed(rng, row) if rng.random() < 0.5 else row for row in issuer[3]]
    strange = {**issuer, 3: rows} if rng.random() < 0.7 else changed(rng, issuer)
    return {**claims, -65539: [strange]} if rng.random() < 0.8 else changed(rng, claims)


def cbor_formats(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Bytes for the CBOR reader: random, mutated and written from random values; and keys, names, base45."""
    good = [transport.read(code) for code in GOOD]
    for _ in range(BATCH // 2):
        kind = rng.randrange(3)
        data = rng.randbytes(rng.randrange(40)) if kind == 0 else _cbor(value(rng))
        yield "cbor", (mutated(rng, rng.choice(good)) if kind == 1 else data).hex()
        parameters = PublicKey.to_cose(FAST[Purpose.CARD].public, compressed=rng.random() < 0.5)
        other = {**parameters, -2: rng.randbytes(32)}
        yield "key", _cbor(other if rng.random() < 0.5 else changed(rng, rng.choice((other, parameters)))).hex()
        yield "name", text(rng)
        yield "base45", "".join(rng.choice(base45.ALPHABET + "a") for _ in range(rng.randrange(9)))


# Comparing.


def compare_codes(twin: Twin, codes: Iterator[str], *, loaded: Loaded, accepts: bool) -> Counter:
    """Judge codes on both sides; end at the first difference, or at a verdict that is no refusal."""
    counts: Counter = Counter()
    rows = list(codes)
    now = round(city.NOW.timestamp() * 1000)
    common = {"anchor": cbor.encode(city.ANCHOR.public.to_cose()).hex(), "trust": TRUST.hex(), "now": now,
              "lists": [token.hex() for token in LISTS], "expected": None, "challenge": None}  # fmt: skip
    for start in range(0, len(rows), 10 * BATCH):
        part = rows[start : start + 10 * BATCH]
        for code, theirs in zip(part, twin.answers([{**common, "code": code} for code in part]), strict=True):
            ours = as_json(judge(code=code, trust=loaded.trust, status_lists=loaded.lists, now=city.NOW))
            _same(code, ours, theirs)
            counts[ours["kind"]] += 1
            if not accepts and ours["kind"] in {"valid", "check"}:
                sys.exit(f"accepted: {code!r}")
    return counts


def compare_lists(twin: Twin, rows: Iterator[dict]) -> Counter:
    """Load lists on both sides and judge a good code by them."""
    counts: Counter = Counter()
    anchor = cbor.encode(city.ANCHOR.public.to_cose()).hex()
    given = list(rows)
    now = round(city.NOW.timestamp() * 1000)
    common = {"anchor": anchor, "now": now, "expected": None, "challenge": None}
    as_rows = [{**common, **row, "trust": row["trust"].hex(), "lists": [row["lists"][0].hex()]} for row in given]
    for row, theirs in zip(given, twin.answers(as_rows), strict=True):
        found = load(trust=row["trust"], lists=row["lists"], anchor=city.ANCHOR.public, now=city.NOW)
        ours = as_json(judge(code=row["code"], trust=found.trust, status_lists=found.lists, now=city.NOW))
        _same(row, ours, theirs)
        counts[f"{ours['kind']} {ours['reason']}"] += 1
    return counts


def compare_formats(twin: Twin, rows: Iterator[tuple[str, str]]) -> Counter:
    """Read one input by one reader on both sides."""
    counts: Counter = Counter()
    given = list(rows)
    answers = twin.answers([{"format": name, "given": one} for name, one in given])
    for (name, one), theirs in zip(given, answers, strict=True):
        ours = read(name, one)
        _same((name, one), ours, theirs)
        counts[f"{name} {'refused' if ours is None else 'read'}"] += 1
    return counts


def _same(given: object, ours: object, theirs: object) -> None:
    if ours != theirs:
        sys.exit(f"different: {given!r}\nkit:  {ours}\ntwin: {theirs}")


REFUSED: tuple[Callable[[random.Random], Iterator[str]], ...] = (
    random_texts,
    mutated_texts,
    mutated_streams,
    mutated_messages,
)
SIGNED = (signed_claims, signed_presentations)


def main() -> None:
    """Run so many rounds, and once every flipped bit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    totals: dict[str, Counter] = {}
    loaded = load(trust=TRUST, lists=LISTS, anchor=city.ANCHOR.public, now=city.NOW)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        twin = Twin(Path(folder))
        totals["flipped"] = compare_codes(twin, flipped(rng), loaded=loaded, accepts=False)
        for _ in range(options.rounds):
            for make in REFUSED + SIGNED:
                found = compare_codes(twin, make(rng), loaded=loaded, accepts=make in SIGNED)
                totals[make.__name__] = totals.get(make.__name__, Counter()) + found
            totals["lists"] = totals.get("lists", Counter()) + compare_lists(twin, strange_lists(rng))
            totals["formats"] = totals.get("formats", Counter()) + compare_formats(twin, cbor_formats(rng))
    lines = [f"{name}: {counts.total()} {dict(counts)}" for name, counts in totals.items()]
    total, took = sum(counts.total() for counts in totals.values()), time.monotonic() - started
    sys.stdout.write("\n".join([*lines, f"{total} inputs, no difference, {took:.0f} s", ""]))


if __name__ == "__main__":
    main()
