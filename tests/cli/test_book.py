from rongka.cli.__main__ import main


def test_the_book_is_written_and_then_fresh(tmp_path):
    written = main(["book", "--docs", str(tmp_path)])

    assert written == 0
    assert main(["book", "--check", "--docs", str(tmp_path)]) == 0


def test_a_changed_a_missing_and_a_left_over_page_are_stale(tmp_path, capsys):
    main(["book", "--docs", str(tmp_path)])
    (tmp_path / "book/zh/rules.md").write_text("changed", encoding="utf-8")
    (tmp_path / "glossary.md").unlink()
    (tmp_path / "book/en/old.md").write_text("old", encoding="utf-8")

    code = main(["book", "--check", "--docs", str(tmp_path)])

    stale = capsys.readouterr().err
    assert code == 1
    assert all(name in stale for name in ("book/zh/rules.md", "glossary.md", "book/en/old.md"))


def test_writing_again_repairs_and_removes(tmp_path):
    main(["book", "--docs", str(tmp_path)])
    (tmp_path / "book/en/old.md").write_text("old", encoding="utf-8")

    main(["book", "--docs", str(tmp_path)])

    assert not (tmp_path / "book/en/old.md").exists()
