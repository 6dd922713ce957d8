"""Calibrating thresholds: what the rates say, how sure they are, and what too few pictures do not carry."""

import json
import re

import cv2
import numpy as np
import pytest

from rongka.cli.__main__ import main
from rongka.proofing.face.calibration import Scores, lowest_for, pairs_needed, table, wilson
from rongka.proofing.face.plot import as_svg
from tests.proofing.face.motion import frame, jpeg, portrait, stranger


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (0, 20, 0.0, 0.1611),  # Newcombe 1998, Statistics in Medicine 17, method 3
        (1, 29, 0.0061, 0.1718),
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_intervals_are_those_of_the_literature(count, total, low, high):
    rate = wilson(count, total)

    assert (rate.low, rate.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_rates_count_who_matches_and_who_does_not():
    rows = table(Scores(3, (0.5, 0.7), (0.1, 0.2, 0.5), ()), thresholds=(0.0, 0.5, 0.6))

    assert [(row.fmr.count, row.fnmr.count) for row in rows] == [(3, 0), (1, 0), (0, 1)]


def test_few_pairs_carry_no_small_rate():
    few, many = (table(Scores(9, (0.8,), (0.1,) * count, ())) for count in (100, pairs_needed(0.001)))

    assert lowest_for(few, fmr=0.001) is None
    assert lowest_for(many, fmr=0.001).threshold == pytest.approx(0.11)


def test_the_plot_is_a_picture_that_names_its_thresholds():
    drawn = as_svg(table(Scores(2, (0.8,), (0.1,), ())), title="2 persons", marks=[(0.45, "pass")])

    assert {"2 persons", "pass"} <= set(re.findall(r">([^<>]+)</text>", drawn))
    assert drawn.count("<polyline") == 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("labelled")
    pictures = {
        "anna/portrait.jpg": jpeg(portrait()),
        "anna/a.jpg": frame("left"),
        "anna/empty.png": cv2.imencode(".png", np.zeros((90, 90, 3), np.uint8))[1].tobytes(),
        "ben/1.jpg": jpeg(stranger()),
        "ben/2.jpg": jpeg(stranger(20)),
        "ben/notes.txt": b"no picture",
    }
    for name, data in pictures.items():
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_bytes(data)
    return top


def test_a_folder_becomes_a_table_and_a_plot(folder, tmp_path, capsys):
    code = main(["proofing", "calibrate", str(folder), "--json", "--plot", str(tmp_path / "rates.svg")])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (found["persons"], found["genuine_pairs"], found["impostor_pairs"]) == (2, 2, 2)
    assert found["lowest_genuine"] > 0.5 > found["highest_impostor"]
    assert found["unusable"] == ["anna/empty.png"]
    assert found["threshold"] is None
    assert found["pairs_needed"] > 3_000
    assert (tmp_path / "rates.svg").read_text().startswith("<svg")


def test_an_operator_reads_what_the_pairs_do_not_carry(folder, capsys):
    assert main(["proofing", "calibrate", str(folder)]) == 0

    said = capsys.readouterr().out
    assert "carry no FMR of 0.1" in said
    assert "count persons before pairs" in said


def test_a_folder_without_pairs_is_refused(tmp_path, capsys):
    assert main(["proofing", "calibrate", str(tmp_path)]) == 1
    assert "two persons with two pictures" in capsys.readouterr().err
