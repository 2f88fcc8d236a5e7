"""The Hub: pages of repositories, one repository, small files. Nothing else speaks to it.

`huggingface_hub` gives the HTTP session, the headers and the reading of limits. Its ``list_models``
is not used, for it hides the cursor, without which a crawl cannot be resumed, and drops fields
(docs/decisions/0004). Of a next link only the cursor is taken, never the host. What is believed of
the Hub, and where from, stands in docs/hub.md.
"""

from crawler.hub.answers import FileAnswer, Found, ListRequest, Page
from crawler.hub.errors import HubError, TooFarOff, Unreachable
from crawler.hub.fields import Fields
from crawler.hub.hub import Hub
from crawler.hub.rate_limit import RateLimiter
from crawler.hub.transport import Exchange, Patience

__all__ = [
    "Exchange",
    "Fields",
    "FileAnswer",
    "Found",
    "Hub",
    "HubError",
    "ListRequest",
    "Page",
    "Patience",
    "RateLimiter",
    "TooFarOff",
    "Unreachable",
]
