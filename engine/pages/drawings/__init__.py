"""The drawings of the pages: forest plots and pathways."""
