"""The words of the display in all the forms that cards give them, and what only resembles them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.compliance.display import displays, meets
from tests.inherited_licences import found, inherited
from tests.tools.holding import holding

SHOWN = [
    "Built with Llama",
    "built with llama",
    "BUILT WITH LLAMA",
    "Built with LLaMA",
    "Built With Llama.",
    "**Built with Llama**",
    "*Built with Llama*",
    "_Built with Llama_",
    "__Built with Llama__",
    "***Built with Llama***",
    "`Built with Llama`",
    "```\nBuilt with Llama\n```",
    "# Built with Llama",
    "### **Built with Llama** 🦙",
    "> Built with Llama",
    "- Built with Llama",
    "| Built with Llama |",
    "Built with **Llama**",
    "**Built with** Llama",
    "Built with **Llama 3.1**",
    "Built with Llama 3.1",
    "Built with Llama-3.1",
    "Built with Llama3.1",
    "Built with Llama 3.1 8B",
    "Built with Meta Llama 3.1",
    "Built with Meta Llama",
    "Built with Meta-Llama-3.1-8B",
    "Built with Llama®",
    "Built with Llama™",
    "Built with Llama (TM)",
    "Built with Llama&reg;",
    "Built with Llama&trade;",
    "Built\nwith Llama",
    "Built with\u00a0Llama",
    "Built&nbsp;with&nbsp;Llama",
    "Built with<br>Llama",
    "Built with <br/> Llama",
    '"Built with Llama"',
    "“Built with Llama”",
    "'Built with Llama'",
    "—Built with Llama—",
    "Built with Llama – see the licence",
    "Built-with-Llama",
    "[Built with Llama](https://llama.com)",
    "Built with [Llama](https://www.llama.com/)",
    "[Built with Llama][1]",
    "<b>Built with Llama</b>",
    '<h3 align="center">Built with Llama</h3>',
    "Built with <a href='https://llama.com'>Llama</a>",
    "<p>Built <em>with</em> <strong>Llama</strong></p>",
    "<strong>Built with</strong><b>Llama</b>",
    "![Built with Llama](logo.png)",
    "[![Built with Llama](badge.svg)](https://llama.com)",
    '<img src="llama.png" alt="Built with Llama">',
    "<img alt='Built with Llama' src='x.png' />",
    "![](https://img.shields.io/badge/Built%20with-Llama-blue)",
    "![badge](https://img.shields.io/badge/Built_with-Llama-0467DF?logo=meta)",
    '<img src="https://img.shields.io/static/v1?label=Built%20with&message=Llama&color=blue">',
    "This model is built with Llama.",
    "Acme-8B, Built with Llama",
    "Attribution: Built with Llama",
    'We proudly display "Built with Llama".',
    "As the licence requires, we say: Built with Llama",
    "The licence requires us to state that it is Built with Llama.",
    "Built with Llama\u200b",
    "As the licence requires: Built with Llama",
    "Chat with your documents. Built with Llama",
    "You can use it freely.\n\nBuilt with Llama",
    "Built\\_with\\_Llama",
    "Built with: Llama",
    "Built with 🦙 Llama",
    "Built with Llama, by Acme",
    "Built with Llama | Acme",
]
TOOLS = [
    "Built with LLaMA-Factory",
    "Built with LLaMA Factory",
    "built with llama-factory",
    "Built with [LLaMA-Factory](https://github.com/hiyouga/LLaMA-Factory)",
    "Built with **LLaMA**-Factory",
    "built with llama.cpp",
    "Built with Llama.cpp",
    "built with `llama.cpp`",
    "built with llama-cpp-python",
    "Built with llama_cpp",
    "Built with LlamaIndex",
    "Built with Llama Index",
    "Built with llama_index",
    "Built with Llama-Stack",
    "Built with Llama Stack",
    "Built with llamafile",
    "Built with Llama-Recipes",
    "Built with Llama Guard",
    "Built with llama-swap",
    "Built with LlamaParse",
    "Built with Llamas",
    "built with Ollama",
    "Built with TinyLlama",
    "Built with OpenLLaMA",
    "Built with llama-based tools",
    "Rebuilt with Llama",
    "Built without Llama",
    "<!-- Built with Llama -->",
    "[LLaMA-Factory](https://x.org/built-with-llama)",
    "Built with care",
]
TOLD = [
    'You must prominently display "Built with Llama" on your website.',
    "Please include 'Built with Llama' in your product documentation.",
    "Users should show **Built with Llama** when they share this model.",
    "If you distribute this model, you shall (A) provide a copy of this Agreement; and (B) "
    "prominently display “Built with Llama” on a related website, user interface, blogpost, about "
    "page, or product documentation.",
    'Prominently display "Built with Llama".',
    "- Display `Built with Llama` in your app",
    'Add "Built with Llama" to your page.',
    "You need to add the following to your site:\n\nBuilt with Llama",
    '"Built with Llama" must be displayed by everyone who uses it.',
    "The words “Built with Llama” should be shown on the site.",
    "The licence requires displaying “Built with Llama”.",
    "Remember to write Built with Llama on it.",
    "Anyone who redistributes it is required to show: Built with Llama",
    "This model was not built with Llama.",
    "It isn't built with Llama",
    'Derivatives need "Built with Llama" on their page.',
    "The licence asks for the words “Built with Llama”.",
    "Downstream developers have to keep the phrase “Built with Llama”",
    "> you shall … (B) prominently display “Built with Llama” on a related website",
]


def shows(card: str, licence: str = "llama3.1", required: str = "Built with Llama") -> bool:
    return any(meets(shown, required, licence) for shown in displays(card))


@pytest.mark.parametrize("card", SHOWN)
def test_a_display_is_seen_in_any_markup(card: str) -> None:
    assert shows(f"# Acme\n\nA helpful model.\n\n{card}\n\nMore of it.\n")


@pytest.mark.parametrize("card", TOOLS)
def test_what_bears_the_name_is_no_display(card: str) -> None:
    assert not displays(f"# Acme\n\nA helpful model.\n\n{card}\n\nMore of it.\n")


@pytest.mark.parametrize("card", TOLD)
def test_speaking_of_the_display_is_none(card: str) -> None:
    assert not displays(f"# Acme\n\nA helpful model.\n\n{card}\n\nMore of it.\n")


@pytest.mark.parametrize(
    ("card", "licence", "expected"),
    [
        ("Built with **Meta Llama 3**", "llama3", "passed"),
        ("Built with Meta Llama&nbsp;3", "llama3", "passed"),
        ("Built with Meta-Llama-3-8B", "llama3", "passed"),
        ("Built with Meta Llama 3.1", "llama3", "review"),
        ("Built with Llama 3.1", "llama3.1", "passed"),
        ("Built with Llama 3", "llama3.1", "passed"),
        ("Built with Llama 2", "llama3.1", "review"),
        ("Built with Meta Llama 3.2", "llama3.2", "passed"),
        ("Built with Meta Llama 3", "llama3.2", "review"),
        ("Built with Llama 4", "llama4", "passed"),
        ("Powered by Llama", "llama3.3", "review"),
    ],
)
def test_each_licence_has_its_own_words(card: str, licence: str, expected: str) -> None:
    (one,) = found("built-with", holding({"README.md": card}), inherited(licence, "finetune"))
    assert one.outcome == expected


@given(st.text(max_size=200), st.sampled_from(SHOWN), st.text(max_size=200))
def test_any_text_around_is_read_without_error(before: str, card: str, after: str) -> None:
    assert isinstance(displays(before + card + after), tuple)


@given(
    st.sampled_from(["<", "<!--", "[", "![", "](", "*", "_", "llama ", "built with ", "|", "\n"])
)
def test_hostile_repetition_takes_time_in_proportion(part: str) -> None:
    displays(part * 20_000 + "built with llama")
