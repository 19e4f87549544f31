"""The shared record: pages that the client and those who treat her both open, alone or side by side."""
