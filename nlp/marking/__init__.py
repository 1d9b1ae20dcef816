"""Which words of a lead line are the name, the firm, the post and the place: learned from marked lines."""
