"""The shared vocabulary: documents, quantities, facts, findings, reports. Imports nothing else of ours."""
