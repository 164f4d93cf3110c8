"""The self-contained page: what a finding shows, its pictures, and the files that they fill."""
