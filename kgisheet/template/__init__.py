"""Templates: worksheets declared in TOML, each cell once."""
