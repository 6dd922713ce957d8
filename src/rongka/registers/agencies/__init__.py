"""Agencies (employers are one kind of them), their staff, and what each may do."""
