"""A scheduler and two workers with their nannies, until stdin ends: `python tests/dask_cluster.py`; its address comes on stdout."""

from __future__ import annotations

import sys

import dask
from distributed import LocalCluster

if __name__ == "__main__":
    # An item is given up with the first worker that ends under it, instead of the fourth: a nanny takes seconds to start another.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    # Where others use the machine, a worker takes its time to begin: its nanny must not give up.
    dask.config.set({"distributed.comm.timeouts.connect": "120s", "distributed.comm.timeouts.tcp": "120s"})
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
