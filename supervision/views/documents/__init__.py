"""Pages of documents and bulletins: lists, one paper, writing."""
