"""Min plan: all help in one plan, seen in four ways; decisions, overlaps and the assessment."""
