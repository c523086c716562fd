"""Short-swing profit under Section 16(b): what an insider's trades owe the issuer, proven; and what a trade would cost.

Knows filings, plans and how files are read; nothing of it changes what a filing says.
"""
