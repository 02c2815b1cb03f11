"""Many rankings: read, compared, made one; and which choices gave a printed one."""
