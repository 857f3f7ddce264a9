"""Plans: the inputs of one worksheet, from TOML and from settings applied to it."""
