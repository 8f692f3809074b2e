"""Our own tables: points of areas, names that the packages lack, adjectives."""
