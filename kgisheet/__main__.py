"""``python -m kgisheet``."""

from .cli.main import main

main()
