"""The version of the tool, read by the build of its packages too."""

__version__ = "0.1.0"
