"""A start without TOML: the few figures that a goal needs, asked for or typed into a form, as a plan."""
