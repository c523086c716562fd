"""SIG: who signed, and when."""
