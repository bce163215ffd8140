"""Building blocks of the screens, each with a name, a size and a focus that everybody can use."""
