"""Many goal workbooks that came back: each read to a small record, all of them together as one summary."""
