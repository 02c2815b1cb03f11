"""What is kept: runs, cases, and the plans of the page, with who and when, in SQLite or PostgreSQL.

Nothing that was kept is changed: contents are called by their SHA-256 (`contents`), and every act is an entry of a log
whose entries hold the digest of the one before (`log`). `schema` has the tables, `migrations` how they came to be.
"""

from __future__ import annotations
