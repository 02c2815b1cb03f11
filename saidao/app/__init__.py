"""The web page: `saidao app`.

A session (`sessions`) has a `workspace`: a case, the `choices` and their `changes`, and what follows from them without
money (`evaluation`) and with it. The `page` shows it in parts: `controls` (what is `offered`), `judgements`, `results`,
the `framework`'s pictures, `kept` scenarios; `downloads` are taken away. `guards` say what may come in and go out,
`server` has the routes, `serving` the socket.
"""
