"""Decisions of auditors: read from reviewed workbooks, kept in a baseline file, put on the findings of a run."""
