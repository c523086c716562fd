"""The command line: parses, calls the pipeline, prints, exits. One module a group of verbs."""

from form4_author.cli.app import main

__all__ = ["main"]
