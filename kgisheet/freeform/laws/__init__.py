"""Laws: arithmetic that the lines of a table share, whatever their labels say. ``tables`` → ``law`` → ``search`` → ``joint``."""
