"""The small files of repositories: which are wanted, whose turn it is, how they are fetched.

A file that the Hub counts as a download when it is fetched is none of them (docs/hub.md): a
register must not raise the numbers that it reports.
"""
