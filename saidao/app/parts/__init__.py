"""Parts of the page, a file each: what it shows or asks, as plain data for its template."""
