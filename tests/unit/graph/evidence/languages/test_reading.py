"""What cards in other languages than English say of a model's origin, and what they do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Strength
from graph.evidence.features import prose
from graph.evidence.languages import words
from graph.evidence.record import HubRecord, read
from graph.evidence.signals import card_prose

TUNED = "meta-llama/Meta-Llama-3-8B-Instruct"
BASE = "meta-llama/Meta-Llama-3-8B"
LINK = f"[{TUNED}](https://huggingface.co/{TUNED})"


def record(card: str, repo: str = "acme/Tutor-8B") -> HubRecord:
    return read({"id": repo, "files": {"README.md": card}}, lambda _: None)


def told(card: str, repo: str = "acme/Tutor-8B") -> list[tuple[str, str]]:
    return [(c.relation.value, c.parent) for c in card_prose.claims(record(card, repo))]


TUNES = [  # X stands for a link to the parent
    "本模型基于 X 微调得到。",
    "本模型基於X微調而成。",
    "基于Meta开源的 X 模型进行指令微调。",
    "以 X 为基座模型，使用LoRA进行微调。",
    "我们使用高质量中文数据对 X 进行了全参数微调。",
    "在 X 的基础上，使用中文语料继续预训练。",
    "- **基座模型**：X",
    "底座模型选用 X。",
    "Xをベースに、日本語の会話データでファインチューニングを行いました。",
    "X を日本語データで追加学習したモデルです。",
    "本モデルは、X に対して SFT を実施したものです。",
    "X から派生したモデルです。",
    "ベースモデル: X",
    "이 모델은 X를 파인튜닝한 모델입니다.",
    "X를 기반으로 한국어 데이터로 추가 학습하였습니다.",
    "본 모델은 X 를 QLoRA 방식으로 학습하였습니다.",
    "- **기반 모델**: X",
    "Este modelo está basado en X.",
    "Este modelo fue entrenado con datos médicos a partir de X.",
    "Se utilizó X como modelo base.",
    "**Modelo base:** X",
    "Modelo fine-tuned a partir do X com LoRA.",
    "Este modelo é uma versão ajustada do X.",
    "Este modelo utiliza o X como base.",
    "Ce modèle a été finetuné à partir de X.",
    "Il s'agit d'un modèle dérivé de X.",
    "Modèle de base : X",
    "Dieses Modell basiert auf X.",
    "Dieses Modell wurde auf Basis von X feinabgestimmt.",
    "Wir haben X mit deutschen Daten feinabgestimmt.",
    "Eine feinabgestimmte Version von X.",
    "Basismodell: X",
    "Questo modello è stato addestrato a partire da X.",
    "Modello di partenza: X",
    "Модель дообучена на основе X.",
    "Дообученная версия X для русского языка.",
    "В качестве базовой модели использовалась X.",
    "Это файнтюн X.",
    "Базовая модель: X",
    "Ця модель базується на X.",
    "Mô hình này được tinh chỉnh từ X.",
    "Model ini dilatih dari X dengan data Indonesia.",
    "Bu model X üzerinde ince ayar yapılmıştır.",
    "Ten model jest oparty na X.",
    "Dit model is gebaseerd op X.",
    "هذا النموذج مبني على X",
    "ベースとなるモデルは X です。",
    "底座：X",
    "Модель получена дообучением X.",
    "В основе модели лежит X.",
    "Este modelo es una adaptación de X al español.",
    "Versão em português do X.",
    "Bu model, X modelinin ince ayarlı halidir.",
]
OTHERS = [
    ("这是 X 的 GGUF 量化版本。", "quantized"),
    ("X をGGUF形式に変換したものです。", "quantized"),
    ("X의 4비트 양자화 모델입니다.", "quantized"),
    ("Versión cuantizada de X.", "quantized"),
    ("Quantisierte Version von X.", "quantized"),
    ("Version quantifiée de X.", "quantized"),
    ("Квантованная версия X.", "quantized"),
    ("本模型由 X 蒸馏而来。", "distilled"),
    ("Modelo destilado a partir de X.", "distilled"),
    ("Adaptador LoRA para X.", "adapter"),
    ("Ein LoRA-Adapter für X.", "adapter"),
    ("LoRA-адаптер для X.", "adapter"),
]
TRAPS = [
    "本模型不是基于 X 微调的。",
    "与 X 相比，本模型更强。",
    "Other-8B 基于 X 微调。",
    "本模型的分词器基于 X。",
    "本模型基于 X 的架构。",
    "本模型基于 X 生成的数据训练。",
    "你可以基于 X 微调自己的模型。",
    "Xとは異なり、本モデルはゼロから学習しました。",
    "このモデルは X をベースにしていません。",
    "X のトークナイザーを使用しています。",
    "X で生成したデータで学習しました。",
    "Other-8Bは X をベースにしたモデルです。",
    "이 모델은 X 기반이 아닙니다.",
    "X와 달리 처음부터 학습했습니다.",
    "X로 생성한 데이터로 학습했습니다.",
    "Este modelo no está basado en X.",
    "A diferencia de los modelos basados en X, este es pequeño.",
    "El tokenizador está basado en X.",
    "Este modelo está basado en la arquitectura de X.",
    "Modelo entrenado con datos generados a partir de X.",
    "Puedes entrenar un modelo a partir de X.",
    "Ao contrário dos modelos baseados em X, este é livre.",
    "Ce modèle n'est pas basé sur X.",
    "Vous pouvez finetuner un modèle à partir de X.",
    "Dieses Modell basiert nicht auf X.",
    "Im Gegensatz zu Modellen, die auf X basieren, ist dieses klein.",
    "Модель не основана на X.",
    "Токенизатор основан на X.",
    "Модель обучена на данных, сгенерированных X.",
    "Bu model X tabanlı değildir.",
    "Ten model nie jest oparty na X.",
    "Dit model is niet gebaseerd op X.",
    "未来计划基于 X 训练。",
    "与基于 X 的模型不同，本模型从头训练。",
    "使用 X 的数据进行微调。",
    "今後 X をベースに学習する予定です。",
    "X と同等の性能です。",
    "향후 X를 기반으로 학습할 예정입니다.",
    "X보다 뛰어난 성능을 보입니다.",
    "En el futuro lo entrenaremos a partir de X.",
    "El conjunto de datos fue creado a partir de X.",
    "Il surpasse les modèles basés sur X.",
    "Die Bewertung basiert auf X.",
    "Künftig soll es auf Basis von X trainiert werden.",
    "Модель превосходит модели, дообученные на основе X.",
    "Датасет создан на основе X.",
    "In futuro sarà addestrato a partire da X.",
]


@pytest.mark.parametrize("sentence", TUNES)
@pytest.mark.parametrize("way", [LINK, f"`{TUNED}`", f"<https://huggingface.co/{TUNED}>"])
def test_a_parent_is_claimed(sentence: str, way: str) -> None:
    assert told(f"# Tutor\n\n{sentence.replace('X', way)}\n") == [("finetune", TUNED)]


@pytest.mark.parametrize(("sentence", "relation"), OTHERS)
def test_the_relation_is_as_told(sentence: str, relation: str) -> None:
    assert told(sentence.replace("X", LINK)) == [(relation, TUNED)]


@pytest.mark.parametrize("sentence", TRAPS)
def test_what_is_denied_or_said_of_others_is_no_claim(sentence: str) -> None:
    assert told(f"# Tutor\n\n{sentence.replace('X', LINK)}\n") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "本模型由 X 和 Y 合并得到。",
        "XとYをマージしました。",
        "Fusión de X y Y en español con este modelo.",
        "Слияние моделей X и Y.",
        "Eine Verschmelzung von X und Y.",
    ],
)
def test_a_merge_has_all_its_parents(sentence: str) -> None:
    other = "[Qwen2](https://huggingface.co/Qwen/Qwen2-7B)"
    card = sentence.replace("X", LINK).replace("Y", other)
    assert told(card) == [("merge", TUNED), ("merge", "Qwen/Qwen2-7B")]


@pytest.mark.parametrize(
    "card",
    [
        "## 基座模型\n\nX\n",
        "| 项目 | 值 |\n|---|---|\n| 基础模型 | X |\n",
        "## ベースモデル\n\n- X\n",
        "## 베이스 모델\n\n* X",
        "| Modelo base | X |\n|---|---|\n| Licencia | mit |\n",
        "### Basismodell\nX\n",
    ],
)
def test_sections_and_tables_name_a_parent(card: str) -> None:
    assert told(card.replace("X", LINK)) == [("finetune", TUNED)]


@pytest.mark.parametrize(
    ("sentence", "parent"),
    [
        ("基于Llama-3-8B-Instruct微调。", TUNED),
        ("Llama 3 8Bを基に継続事前学習を行いました。", BASE),
        ("Llama-3-8B 기반의 한국어 모델입니다.", BASE),
        ("Este modelo es un ajuste fino del modelo Llama-3-8B-Instruct de Meta.", TUNED),
        ("Ein auf Llama 3 8B basierendes Modell.", BASE),
        ("Модель, дообученная на русских данных на базе Llama-3-8B.", BASE),
    ],
)
def test_an_official_name_in_words_is_claimed(sentence: str, parent: str) -> None:
    assert told(sentence) == [("finetune", parent)]


@pytest.mark.parametrize(
    ("sentence", "families"),
    [
        ("本模型基于 Llama 3 微调。", ("llama-3",)),
        ("このモデルは、Meta AI の Llama 3.1 をベースに学習しました。", ("llama-3.1",)),
        ("Este modelo está basado en Llama 3.", ("llama-3",)),
        ("Dieses Modell basiert auf Llama 2.", ("llama-2",)),
    ],
)
def test_a_family_alone_is_a_feature(sentence: str, families: tuple[str, ...]) -> None:
    told_of = record(sentence)
    assert list(card_prose.claims(told_of)) == []
    (feature,) = prose.features(told_of)
    assert (feature.kind, feature.families) == ("card-llama-family", families)


def test_a_copys_card_repeats_what_another_says() -> None:
    card = f"本模型基于 {LINK} 微调得到。"
    assert told(card, "acme/Tutor-8B-GGUF") == []
    assert told(card, "other/Name") == [("finetune", TUNED)]


def test_the_claim_says_line_and_sentence() -> None:
    (claim,) = card_prose.claims(record(f"---\na: b\n---\n\n本模型基于 {LINK} 微调得到。\n"))
    assert (claim.strength, claim.evidence.line) == (Strength.STATED, 5)
    assert claim.evidence.value == f"本模型基于 {TUNED} 微调得到。"


@given(st.text(max_size=2000))
def test_any_card_is_read_without_an_error(card: str) -> None:
    told(card)


@given(
    st.lists(
        st.sampled_from([LINK, BASE, "基于", "微调", "を", "모델", "basado en", "auf ", "на "])
    )
)
def test_words_in_any_order_name_what_they_hold(parts: list[str]) -> None:
    assert {parent for _, parent in told(" ".join(parts))} <= {TUNED, BASE}


@pytest.mark.parametrize(
    "part", ["基于 ", "微调 Llama-3-8B ", "を ", "este modelo basado en ", f"{LINK}を"]
)
def test_a_hostile_card_takes_no_time(part: str) -> None:
    told(f"基于 {LINK}")
    card = (part * 20_000)[:250_000]
    started = time.process_time()
    told(card)
    assert time.process_time() - started < 0.5


def test_every_language_has_words_of_its_own() -> None:
    known = words.load().languages
    assert len(known) >= 15
    assert all(one.words and (one.seen or one.letters) for one in known)
