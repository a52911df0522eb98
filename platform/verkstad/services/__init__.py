"""Use cases, one transaction each; they speak outward through `ports`."""
