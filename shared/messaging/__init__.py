"""The bus: facts leave through an outbox, arrive through an inbox; requests are answered once."""

import warnings

# A known fact (ADR 1) that would otherwise greet every user of every command.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
