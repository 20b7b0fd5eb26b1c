"""What the record answers, printed for people: on a terminal, as tables, as pages."""
