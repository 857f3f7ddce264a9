"""An .xlsx changed at single places; all other bytes stay."""
