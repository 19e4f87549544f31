"""The one door to the engine: rows in, plain facts out. Nothing else in the application imports midcourse."""
