"""Settings, addresses and the door of the web server: the last room of the application."""
