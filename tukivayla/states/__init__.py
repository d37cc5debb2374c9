"""docs/states.md and docs/states.svg, written from the one table of states and moves.

`python -m tukivayla.states` writes both anew; a test says when that is due. The words are the interface's own.
"""
