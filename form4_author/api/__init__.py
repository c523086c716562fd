"""What a program can: the verbs as functions, one module a group, as in `cli`. `form4_author` itself gives them out.

Knows all of the house but the command line, and loads of it what a function needs when it is called.
"""
