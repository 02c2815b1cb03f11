"""``python -m saidao`` is ``saidao``."""

from .cli import main

main()
