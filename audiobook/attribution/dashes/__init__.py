"""Speech set off by dashes (— Sit, said Oona. — No.), as French, Spanish, Polish and Irish books have it."""
