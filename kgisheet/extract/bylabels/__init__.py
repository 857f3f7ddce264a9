"""A goal sheet that was never ours → a plan, and the template for its stages: what `freeform.read` read by labels, as inputs."""
