"""How the weights that the analysis ships with are made again from annotated novels."""
