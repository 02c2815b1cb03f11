"""The formats of the field: what goes out comes back, and other libraries read it."""
