"""What a person does in the chat: one file per noun; every sentence lives in handlers/texts."""
