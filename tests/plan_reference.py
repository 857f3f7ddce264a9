"""The same as tests/reference_pages.py, under its earlier name."""

import sys

from reference_pages import main

if __name__ == "__main__":
    sys.exit(main())
