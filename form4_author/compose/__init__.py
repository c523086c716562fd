"""A plan -> the filing that EDGAR receives, and its envelope: everything derived is derived here.

Knows the plan, the events and the filing.
"""
