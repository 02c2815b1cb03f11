"""Tables as people have them: what is read, what is asked, and the case that is made of them."""
