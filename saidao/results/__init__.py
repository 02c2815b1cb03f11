"""What every result is: sentences, tables of typed columns, plain data and a picture; how questions are registered."""
