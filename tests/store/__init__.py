"""What is kept, on SQLite and on a PostgreSQL of the tests' own: killed, tampered with, by several people."""
