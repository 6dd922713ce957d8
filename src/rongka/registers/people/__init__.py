"""Persons and their passports. A person is not a passport: renewing it breaks nothing."""
