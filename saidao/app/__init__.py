"""The web page: `saidao app`.

A `workspace` is a plan at a revision: a case, the `choices` and their `changes`, and what follows from them without
money (`evaluation`) and with it. `work` joins it to the store, which keeps every change before it is answered. The
`page` shows it in parts: `controls` (what is `offered`), `judgements`, `results`, the `framework`'s pictures, `kept`
plans; `downloads` are taken away. `guards` say what may come in and go out, `server` has the routes, `serving` the
socket.
"""
