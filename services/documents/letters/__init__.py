"""The decision letter: its words in three languages, its figures, and its setting in type.

`composing.compose` makes a sheet (plain data, every text final) of a decision's data; `press` sets sheets
in type with `letter.typ`. Composing is pure: the same decision gives the same sheet, whatever the day.
"""
