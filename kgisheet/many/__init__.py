"""The same work on many items: in worker processes of this machine, or on a cluster; no knowledge of workbooks."""
