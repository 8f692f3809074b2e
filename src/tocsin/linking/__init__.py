"""Accounts of many reports to incidents, with origins, disagreement and chains."""

from tocsin.linking.link import Linked, link

__all__ = ["Linked", "link"]
