"""Licences as data, checks as functions, findings with their clause."""
