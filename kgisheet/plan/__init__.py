"""Plans: the inputs of one worksheet, from TOML and from settings on top of it."""
