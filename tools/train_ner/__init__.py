"""Train the small model of names that ships in the package. See README.md; neither this nor its data ships."""
