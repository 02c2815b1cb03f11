"""The web page: `saidao app`.

`choices` holds what a planner chooses, `desk` what follows from it, `page` what is shown of it, `sessions` who is who,
`guards` what may come in and go out, `server` the routes.
"""
