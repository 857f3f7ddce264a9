"""Sheets that were never ours: read by their own labels, and judged by their own relations."""
