"""Many files in one run: each on its own, in order, several at once where asked; whatever becomes of one is its own."""

from form4_author.batch.running import build_all, check_all, read_keyring, status_all
from form4_author.batch.watching import Stopped, Watch

__all__ = ["Stopped", "Watch", "build_all", "check_all", "read_keyring", "status_all"]
