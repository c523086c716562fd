"""`python -m form4_author` is the command `form4-author`."""

from form4_author.cli import program

if __name__ == "__main__":
    program()
