"""The worker for queued and periodic jobs, with the application's database rights and no more."""

from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from rongka.config.environment import APPLICATION_ROLE


def work(*, poll_every: float) -> None:
    """Run jobs until a signal says stop; polls every so many seconds."""
    connection.ensure_connection()  # starts the embedded server if it is the one; the worker's own driver would not
    connection.close()
    # The worker connects past Django, so it is told the role in the connection's own options.
    parameters = connector_params() | {"options": f"-c role={APPLICATION_ROLE}"}
    with app.replace_connector(PsycopgConnector(kwargs=parameters)) as worker:
        worker.run_worker(listen_notify=False, fetch_job_polling_interval=poll_every, delete_jobs="successful")
