"""Tables, queries and rules of the customer memory, one module per noun."""
