"""A broker's file -> the executions in it, by day, side, account and price.

Knows the plan's words for a file of executions (`plan.fills`) and nothing of the form. A layout that is known is data:
a file of its own in `layouts`. What isn't understood is refused at its row and column, never guessed.
"""
