"""The front door: the engine's answer for one episode, or for a whole caseload."""
