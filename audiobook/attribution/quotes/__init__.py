"""Where speech is: quotation conventions, marks, and what between them is speech."""
