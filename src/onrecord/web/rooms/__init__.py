"""The rooms, a module each: what is shown at an address, and what can be done there."""
