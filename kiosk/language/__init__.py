"""How languages and countries write: numbers, days, money, capital letters. No Qt."""
