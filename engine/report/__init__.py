"""The whole result as text, Markdown, HTML and JSON."""
