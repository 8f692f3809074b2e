"""Accounts of many reports to incidents, with origins, disagreement and chains."""

from tocsin.linking.history import Edition
from tocsin.linking.link import Linked, link, stories_of
from tocsin.linking.retold import retold

__all__ = ["Edition", "Linked", "link", "retold", "stories_of"]
