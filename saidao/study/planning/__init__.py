"""What a case asks of the allocation, as arrays, and how it is solved."""
