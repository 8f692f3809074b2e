"""Accounts of many reports to incidents, with origins, disagreement and chains."""

from tocsin.linking.history import Edition
from tocsin.linking.link import Linked, link
from tocsin.linking.retold import retold

__all__ = ["Edition", "Linked", "link", "retold"]
