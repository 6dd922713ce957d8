from datetime import date

import pytest

from rongka.rulebook.deadlines import WorkingCalendar, deadline
from rongka.rulebook.parameters import parameter

DAY = date(2025, 6, 30)


def test_calendar_days_are_counted_from_the_day_after_the_start():
    found = deadline(parameter=parameter("residence.apply-within", on=DAY), start=date(2025, 3, 1))

    assert found.on == date(2025, 3, 31)
    assert "2025年3月31日" in found.text.zh
    assert "31 March 2025" in found.text.en


def test_a_window_before_expiry_is_counted_backwards():
    opens = deadline(parameter=parameter("permit.extension-opens", on=DAY), start=date(2026, 1, 1))
    closes = deadline(parameter=parameter("permit.extension-closes", on=DAY), start=date(2026, 1, 1))

    assert (opens.on, closes.on) == (date(2025, 10, 3), date(2025, 12, 2))


def test_working_days_without_a_calendar_name_no_day_and_say_why():
    found = deadline(parameter=parameter("permit.cancel-within", on=DAY), start=date(2025, 3, 1))

    assert found.on is None
    assert "节假日" in found.text.zh
    assert "calendar of holidays" in found.text.en


def test_working_days_follow_the_given_calendar_with_its_holidays_and_make_up_days():
    calendar = WorkingCalendar(
        valid_from=date(2030, 1, 1),
        valid_until=date(2031, 1, 1),
        holidays=frozenset({date(2030, 3, 5)}),
        make_up_days=frozenset({date(2030, 3, 9)}),
    )

    found = deadline(parameter=parameter("permit.cancel-within", on=DAY), start=date(2030, 3, 1), calendar=calendar)

    # Monday 4, (Tuesday 5 is a holiday), 6, 7, 8, Saturday 9 made up, 11 to 15.
    assert found.on == date(2030, 3, 15)


def test_a_calendar_that_ends_too_early_names_no_day():
    calendar = WorkingCalendar(valid_from=date(2030, 1, 1), valid_until=date(2030, 3, 8))

    found = deadline(parameter=parameter("permit.cancel-within", on=DAY), start=date(2030, 3, 1), calendar=calendar)

    assert found.on is None


def test_a_value_in_hours_has_no_due_day():
    with pytest.raises(ValueError, match="not counted in days"):
        deadline(parameter=parameter("residence.lodging-registration", on=DAY), start=DAY)
