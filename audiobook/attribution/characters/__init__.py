"""The people of a book: names joined to persons, their genders and ages, who tells the story."""
