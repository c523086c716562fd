"""What is handed over to EDGAR and what is kept of it: looking into submissions, sealed folders and their proof."""
