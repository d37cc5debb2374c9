"""The bus: facts leave through an outbox, arrive through an inbox; requests are answered once."""
