"""What stands between the page and strangers: who may come in, how much of it at once, in how much time and memory."""
