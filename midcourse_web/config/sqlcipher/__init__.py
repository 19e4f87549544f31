"""SQLite with every page encrypted (SQLCipher): Django's own backend on another library, with a key."""
