"""Price decomposition: what is shared gets prices, and every track is solved by itself; `decompose` joins them."""
