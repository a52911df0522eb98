"""Verkstad: a participatory workshop and dialogue platform."""
