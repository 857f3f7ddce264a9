"""Changes to single places of an .xlsx; all other bytes stay."""
