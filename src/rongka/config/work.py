"""The worker for queued and periodic jobs, with the application's database rights and no more."""

from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params


def work(*, poll_every: float) -> None:
    """Run jobs until a signal says stop; polls every so many seconds."""
    connection.ensure_connection()  # starts the embedded server if it is the one; the worker's own driver would not
    connection.close()
    with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as worker:
        worker.run_worker(listen_notify=False, fetch_job_polling_interval=poll_every, delete_jobs="successful")
