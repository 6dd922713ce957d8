from tests.vectors import make_live_code


def test_the_vector_file_is_what_the_kit_writes():
    # Other implementations are held to this file: when it must change, run `python -m tests.vectors.make_live_code`.
    assert make_live_code.FILE.read_text(encoding="utf-8") == make_live_code.written()
