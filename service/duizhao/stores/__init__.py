"""What outlives a process: keys, pages, library, jobs' records; one file a noun, over SQLAlchemy."""
