"""The reading room: the record as pages and as JSON, for a browser on the same machine.

Every page is a question of `onrecord.api`, asked by its address, so that it can be kept and sent on. Nothing here writes.
"""
