"""Papers as Word files: from the content model, or from the template that an office brings along."""
