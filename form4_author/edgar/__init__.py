"""A filing and its submission <-> the bytes that EDGAR exchanges.

Knows the filing; the plan, the rules and the page don't exist here.
"""
