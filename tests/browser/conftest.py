"""A real Chromium, a real server, and people who use them."""

from chromium import browser_type_launch_args, hall, server

__all__ = ["browser_type_launch_args", "hall", "server"]
