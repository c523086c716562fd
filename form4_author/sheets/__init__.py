"""A CSV file or an Excel workbook as rows of text, within bounds, whatever is in it.

Knows nothing of what the rows mean. Who reads them says under which code a refusal (`SheetRefused`) is told.
"""
