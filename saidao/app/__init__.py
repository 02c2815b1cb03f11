"""The web page: `saidao app`.

What a planner chooses (`choices`), what follows from it without money (`evaluation`) and with it (`workspace`), what is
shown (`page`, `templates`, `static`) and taken away (`downloads`); sessions (`sessions`), what may come in and go out
(`guards`), the routes (`server`) and the socket (`serving`).
"""
