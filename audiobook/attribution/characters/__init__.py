"""The people of a book: names clustered into persons, their genders and ages, and the first-person narrator."""
