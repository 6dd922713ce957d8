"""The backend class that Django loads by the name of this module."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from rongka.config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django has it, started on first use when it is the embedded one."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """Start the embedded server if need be, then connect."""
        embedded.start()
        return super().get_new_connection(conn_params)
