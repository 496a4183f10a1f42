"""Whether the queue answers the worker of this container; used by docker-compose.yml."""

import os

from kombu import Connection

with Connection(os.environ["BROKER_URL"], connect_timeout=5) as broker:
    broker.ensure_connection(max_retries=1, timeout=5)
