"""Tocsin: news reports in, incident records that can be defended out."""
