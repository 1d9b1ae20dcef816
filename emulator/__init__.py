"""A local Telegram Bot API with a phone-like chat page, for the demo and the tests."""
