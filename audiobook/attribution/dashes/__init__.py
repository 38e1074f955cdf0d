"""Finds speech that dashes set off (— Sit, said Oona. — No.), as in French, Spanish, Polish and Irish books."""
