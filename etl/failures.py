"""What stops an engine."""


class EngineError(Exception):
    """The work could not be finished; the message says why and what to do."""
