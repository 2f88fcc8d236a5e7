"""What a crawl or an import did, in a line for people."""

from __future__ import annotations

from crawler.ingest.report import PageCounts


def counted(c: PageCounts) -> str:
    """Return the counts of a run; those that seldom are anything only where they are."""
    text = f"{c.records:,} records, {c.new:,} new, {c.changed:,} changed, {c.removed:,} removed"
    seldom = (
        (c.counted, "with other counters alone"),
        (c.renamed, "renamed"),
        (c.passed, "counted and not kept"),
        (c.private, "private and passed over"),
        (c.self_parents, "name themselves as parent"),
        (c.retried, "requests made again"),
    )
    text += f"; {c.refused:,} refused"
    if c.dropped:
        text += f", {c.dropped:,} fields dropped"
    return text + "".join(f"; {number:,} {words}" for number, words in seldom if number)


def fetched(c: PageCounts) -> str:
    """Return what came of the small files."""
    text = f"{c.files:,} small file{'' if c.files == 1 else 's'} fetched"
    left = "repository is" if c.files_left == 1 else "repositories are"
    return text + (f"; those of {c.files_left:,} {left} left" if c.files_left else "")
