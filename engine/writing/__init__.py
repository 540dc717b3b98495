"""Lines, Markdown, HTML and drawings to write in; nothing here knows what is written."""
