"""Which action a free message asks for: probabilities learned from labelled messages, beside what the rules say."""
