"""Freeform sheets, which this program never wrote: read by their own labels, and checked by their own relations."""
