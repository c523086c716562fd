"""Calendars: EDGAR's business days, and by when a transaction must be reported."""
