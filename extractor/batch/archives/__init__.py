"""Archives and mails: their members as documents of the run, taken out within limits."""
