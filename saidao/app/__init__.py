"""The web page: `saidao app`.

What a planner chooses (`choices`), what that says before any money (`standing`) and with it (`desk`), what is shown
of it (`page`, `templates`, `static`, `words`) and taken away (`downloads`); who is who (`sessions`), what may come in
and go out (`guards`), the routes (`server`) and the socket (`serving`).
"""
