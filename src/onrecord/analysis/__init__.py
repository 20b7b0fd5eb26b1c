"""Analysis: the text of an `Article` -> its statements, as spans of that text. Pure."""
