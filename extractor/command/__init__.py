"""What `cli.py` calls once the arguments are known: settings, a run over the documents, its outputs, and what is told about the program."""
