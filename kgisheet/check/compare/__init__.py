"""Two formulas compared: by their trees, and by their values on many inputs."""
