"""The labels a note can carry. Source: the project's tagging guide (docs), sections 1 to 4."""

from typing import Final

INTENTS: Final = ("complaint", "need_explicit", "need_latent", "buying", "churn", "praise", "promise", "competitor")
TOPICS: Final = ("quality", "price", "delivery", "service", "product", "billing", "support", "trial")
SENTIMENTS: Final = ("negative", "neutral", "positive")
URGENT: Final = "urgent"
ALL: Final = (*INTENTS, *TOPICS, *SENTIMENTS, URGENT)

TOPIC_INTENTS: Final = ("complaint", "need_explicit", "need_latent")
"""Topics are given only to notes with one of these intents."""
