"""The pages of those who pay, watch and keep the service running: payer, auditor, operator."""
