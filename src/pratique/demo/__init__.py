"""The demo: sample data that Pratique writes itself, and the project file that goes with it."""
