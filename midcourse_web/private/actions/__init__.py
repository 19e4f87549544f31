"""Every write to the private room. No row of the staff-visible audit is written here (SP2)."""
