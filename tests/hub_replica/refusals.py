"""What the Hub says in place of a repository or a file, as the rules have it."""

from __future__ import annotations

from collections.abc import Iterable

from .answers import HubError
from .rules import Rules

DISABLED = "Access to this resource is disabled."
WORDS = "Invalid username or password."


def missing_repository(rules: Rules, *, anonymous: bool) -> HubError:
    """Refuse an unknown repository; to the anonymous the Hub does not even say that it is."""
    match rules.missing_repo_anonymous if anonymous else rules.missing_repo_token:
        case "401 words":
            return HubError(401, WORDS)
        case "401 bare":
            return HubError(401, "Unauthorized", told=False)
        case "404 code":
            return HubError(404, "Repository not found", code="RepoNotFound")
        case "404 bare":
            return HubError(404, "Not Found", told=False)
        case "403":
            return HubError(403, "Forbidden")


def missing_entry(name: str) -> HubError:
    """Refuse a file or folder that the repository does not have."""
    return HubError(404, f"Entry not found: {name}", code="EntryNotFound")


def moved(location: str, status: int) -> HubError:
    """Send the client on to where a renamed repository is."""
    return HubError(status, f"Temporary Redirect. Redirecting to {location}", location=location)


def disabled(status: int) -> HubError:
    """Refuse what the Hub itself has closed; that is no gate, and has no code."""
    return HubError(status, DISABLED)


def gated(what: str, status: int, rules: Rules) -> HubError:
    """Refuse what is gated: 401 to the anonymous, 403 to a token without access."""
    code = "GatedRepo" if rules.gated_code else None
    if status == 403:
        message = f"Access to {what} is restricted and you are not in the authorized list."
        return HubError(403, message, code=code)
    message = (
        f"Access to {what} is restricted. You must have access to it and be authenticated to"
        " access it. Please log in."
    )
    refusal = HubError(status, message, code=code)
    if status == 401:
        refusal.headers["www-authenticate"] = 'Bearer realm="Authentication required"'
    return refusal


def invalid_option(options: Iterable[str], rules: Rules) -> HubError:
    """Refuse a value that is not among the options, in the Hub's own words."""
    listed = "|".join(f'"{option}"' for option in options)
    expected = f": expected one of {listed}" if rules.refusal_names_options else ""
    return HubError(400, f"✖ Invalid option{expected}", told=False)
