"""A small sample of the fuzzing, and proof that the runner finds what it should; the long run is made by hand."""

import importlib
import itertools
import time

import pytest

from tests.credential.fuzz import running
from tests.credential.fuzz.__main__ import targets
from tests.credential.fuzz.running import fuzz

SEEDS = (b"\x00" + bytes(range(60)),)


def test_every_format_has_a_target():
    assert set(targets()) >= {"codes", "formats", "mdoc", "sd_jwt", "status_list", "trust_list"}


@pytest.mark.parametrize("name", ["codes", "formats"])
def test_a_sample_of_hostile_inputs_is_refused_by_our_own_errors(name):
    module = importlib.import_module(f"tests.credential.fuzz.{name}")

    found = fuzz(target=module.target, seeds=list(module.seeds()), runs=300, seed=20_261_123)

    assert found.runs == 300
    assert (found.accepted, found.foreign, found.examples) == (0, 0, [])


def _accept(data):
    assert len(data) % 7, "an accepted input"


def _raise(data):
    if len(data) % 7 == 0:
        raise ValueError("not one of ours")


def _recurse(data):
    if len(data) % 7 == 0:
        _recurse(data)


def _dawdle(data):
    if len(data) % 7 == 0:
        start = time.thread_time()
        while time.thread_time() - start < running.MOST_SECONDS:
            pass


@pytest.mark.parametrize("target", [_accept, _raise, _recurse])
def test_a_broken_target_is_found(target):
    found = fuzz(target=target, seeds=SEEDS, runs=200, seed=1)

    assert found.accepted + found.foreign > 0
    assert found.examples
    assert not found.is_clean


def test_a_slow_target_and_one_that_grows_are_found(monkeypatch):
    monkeypatch.setattr(running, "MOST_SECONDS", 0.002)
    largest = itertools.count(step=running.MOST_GROWTH)  # a process that was large before does not show its growth

    assert not fuzz(target=_dawdle, seeds=SEEDS, runs=30, seed=1).is_clean
    monkeypatch.setattr(running, "MOST_SECONDS", 10)
    monkeypatch.setattr(running, "_largest_memory", lambda: next(largest))
    assert not fuzz(target=len, seeds=SEEDS, runs=30, seed=1).is_clean
